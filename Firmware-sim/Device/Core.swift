/// The processor cores of the chips in ``Profile/all``.
package enum Core: String, Sendable, Hashable, CaseIterable {
  /// Armv6-M, three stages, 32-bit multiply, no divide.
  case cortexM0 = "Cortex-M0"

  /// Armv6-M, two stages, 32-bit multiply, no divide.
  case cortexM0Plus = "Cortex-M0+"

  /// Armv7-M, with long multiply and divide.
  case cortexM3 = "Cortex-M3"

  /// Armv7E-M: two 16-bit products in one instruction, and here always with the float unit.
  case cortexM4 = "Cortex-M4F"

  /// 32-bit RISC-V. The small ones have no multiply: see ``Profile/title``.
  case rv32 = "RV32"

  /// The name for people, as in `Cortex-M0+`.
  package var displayName: String { rawValue }
}
