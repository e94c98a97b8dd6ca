import Int8Runtime

/// What a model takes of a chip's memories.
public struct MemoryBudget: Sendable, Equatable {
  /// The flash image.
  public let imageBytes: Int
  /// Start-up, runtime and constants.
  public let codeBytes: Int
  /// Picture, features and activations.
  public let arenaBytes: Int
  /// The deepest the stack may get.
  public let stackBytes: Int

  /// What a geometry takes on a core.
  public init(_ geometry: Geometry, core: Core) {
    imageBytes = FlashLayout(geometry).total
    arenaBytes = ArenaLayout(geometry).total
    codeBytes = Footprint.of(core).codeBytes
    stackBytes = Footprint.of(core).stackBytes
  }

  /// Program memory in all.
  public var flashBytes: Int { imageBytes + codeBytes }
  /// RAM in all.
  public var ramBytes: Int { arenaBytes + stackBytes }

  /// Whether all of it fits a chip.
  public func fits(_ profile: Profile) -> Bool {
    flashBytes <= profile.flashBytes && ramBytes <= profile.ramBytes
  }
}

/// What the firmware takes beside the model and its arena: text and constants as
/// `Tools/run-firmware --footprint` gives them, and the stack's deepest use as it paints it, rounded up to
/// 32 bytes.
struct Footprint {
  let codeBytes: Int
  let stackBytes: Int

  static func of(_ core: Core) -> Footprint {
    switch core {
    case .cortexM0, .cortexM0Plus: Footprint(codeBytes: 6864, stackBytes: 704)
    case .cortexM3: Footprint(codeBytes: 6292, stackBytes: 608)
    case .cortexM4: Footprint(codeBytes: 6116, stackBytes: 608)
    case .rv32: Footprint(codeBytes: 7598, stackBytes: 608)
    }
  }
}
