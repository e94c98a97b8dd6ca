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
    switch profile.core {
    case .cortexM0: (processor, note) = ("m0", nil)
    case .cortexM0Plus:
      (processor, note) = ("m0", EmulatedCore.nearest("Cortex-M0+", "Cortex-M0"))
    case .cortexM3: (processor, note) = ("m3", nil)
    case .cortexM4: (processor, note) = ("m4", nil)
    case .rv32:
      // The one chip here whose core has half the registers and no multiplication.
      let isEmbedded = profile.name == "ch32v003f4"
      (processor, note) = ("rv32", isEmbedded ? EmulatedCore.nearest("RV32EC", "RV32IMC") : nil)
    }
  }

  private static func nearest(_ own: String, _ other: String) -> String {
    "QEMU has no machine with a \(own); counted on the nearest core it has, \(other)"
  }
}
