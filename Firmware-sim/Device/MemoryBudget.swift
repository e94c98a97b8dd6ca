import Int8Runtime

/// What a model takes of a chip's memories.
package struct MemoryBudget: Sendable, Equatable {
  /// The model image.
  package let imageBytes: Int
  /// Start-up, runtime and constants.
  package let codeBytes: Int
  /// Picture, features and activations.
  package let arenaBytes: Int
  /// The deepest the stack may get.
  package let stackBytes: Int

  /// What a model takes on a core.
  ///
  /// - Parameter imageBytes: nil is an image whose classes are called 0, 1, 2, ….
  package init(_ shape: ModelShape, imageBytes: Int? = nil, core: Core) {
    self.imageBytes = imageBytes ?? ModelImageLayout(shape).total
    arenaBytes = ArenaLayout(shape).total
    codeBytes = Footprint.of(core).codeBytes
    stackBytes = Footprint.of(core).stackBytes
  }

  /// Program memory in all.
  package var flashBytes: Int { imageBytes + codeBytes }
  /// RAM in all.
  package var ramBytes: Int { arenaBytes + stackBytes }

  /// Whether all of it fits a chip.
  package func fits(_ profile: Profile) -> Bool {
    flashBytes <= profile.flashBytes && ramBytes <= profile.ramBytes
  }
}

/// What the firmware takes beside the model and its arena: text and constants as
/// `Tools/run-firmware --footprint` gives them, and the stack's deepest use as it paints it, rounded up to
/// 32 bytes.
package struct Footprint {
  package let codeBytes: Int
  package let stackBytes: Int

  package static func of(_ core: Core) -> Footprint {
    switch core {
    case .cortexM0, .cortexM0Plus: Footprint(codeBytes: 6916, stackBytes: 576)
    case .cortexM3: Footprint(codeBytes: 6200, stackBytes: 480)
    case .cortexM4: Footprint(codeBytes: 6004, stackBytes: 480)
    case .cortexM55: Footprint(codeBytes: 6804, stackBytes: 480)
    case .rv32ec: Footprint(codeBytes: 8224, stackBytes: 544)
    case .rv32, .rv32imac: Footprint(codeBytes: 7620, stackBytes: 480)
    }
  }
}
