import Device

/// What reads the pictures.
enum Engine: String, Sendable, CaseIterable {
  /// The runtime on this machine, in the memories of the chip; instructions are estimated.
  case sim
  /// The firmware on the chip's core under QEMU; instructions are counted.
  case qemu
  /// The firmware `Node` at the end of a line; its clock's ticks are counted.
  case serial
}

/// The machine that QEMU has for a chip.
struct EmulatedCore {
  /// As `Tools/run-firmware --processor` knows it.
  let processor: String
  /// Where it is not the chip's own core, what to say about it.
  let note: String?

  init(_ profile: Profile) {
    let core = profile.core
    processor = core.processor
    note =
      core.isEmulated
      ? nil
      : "QEMU has no machine with a \(core.displayName); counted on the nearest core it has, "
        + core.emulatedCore.displayName
  }
}
