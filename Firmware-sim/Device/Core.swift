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

  /// Armv8.1-M with Helium: vectors of 128 bits, sixteen products of bytes in one instruction.
  case cortexM55 = "Cortex-M55"

  /// 32-bit RISC-V with 16 registers, without multiply and divide.
  case rv32ec = "RV32EC"

  /// 32-bit RISC-V with multiply and divide.
  case rv32 = "RV32IMC"

  /// The same with atomic operations, of which the firmware makes no use.
  case rv32imac = "RV32IMAC"

  /// What `Tools/run-firmware --processor` calls the machine that QEMU has for it, or the nearest one.
  package var processor: String { emulation.processor }

  /// Whether that machine has this very core: one of its name, or, where instruction sets have names, one of the same
  /// instructions.
  package var isEmulated: Bool { emulation.core == self }

  /// The core of that machine.
  package var emulatedCore: Core { emulation.core }

  private var emulation: (processor: String, core: Core) {
    switch self {
    case .cortexM0, .cortexM0Plus: ("m0", .cortexM0)
    case .cortexM3: ("m3", .cortexM3)
    case .cortexM4: ("m4", .cortexM4)
    case .cortexM55: ("m55", .cortexM55)
    case .rv32ec: ("rv32ec", .rv32ec)
    case .rv32, .rv32imac: ("rv32", .rv32)
    }
  }

  /// The name for people, as in `Cortex-M0+`.
  package var displayName: String { rawValue }
}
