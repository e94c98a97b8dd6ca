/// The one block of memory a classification uses, and where everything stands in it.
///
/// The picture is no longer needed once it is preprocessed; the list of nonzero pairs takes its place, and
/// each activation that of its sum. All parts are at multiples of four.
public struct ArenaLayout: Sendable {
  /// The picture, ``pictureBytes`` pixels; later the list of up to 98 nonzero pairs.
  public let picture = 0
  /// What the network sees.
  public let features: Int
  /// The hidden units' sums, Int32 each; at the end their activations, UInt8 each.
  public let activations: Int
  /// The bytes an arena needs.
  public let total: Int

  /// The arena of a model shape.
  ///
  /// - Parameter shape: a valid one, as every ``ModelImage`` has.
  public init(_ shape: ModelShape) {
    features = pictureBytes
    activations = features &+ shape.inputSpec.inputs
    total = activations &+ 4 &* shape.hidden
  }
}

/// The arena's three parts, which can be read and written at the same time.
@safe struct Arena: ~Escapable {
  private let bytes: UnsafeMutableRawBufferPointer
  private let layout: ArenaLayout

  /// Divides `bytes` as `layout` says; they must be as many as it wants.
  @_lifetime(&bytes)
  init(_ bytes: inout MutableRawSpan, layout: ArenaLayout) {
    precondition(bytes.byteCount == layout.total)
    // The pointer is kept no longer than the exclusive access to the span it came from: the lifetime
    // above. The parts do not overlap, so views of different parts may be written side by side.
    unsafe self.bytes = bytes.withUnsafeMutableBytes { unsafe $0 }
    self.layout = layout
  }

  /// The picture, or the list of nonzero pairs.
  var picture: MutableRawSpan {
    @_lifetime(copy self)
    get { slice(from: layout.picture, to: layout.features) }
  }

  /// What the network sees.
  var features: MutableRawSpan {
    @_lifetime(copy self)
    get { slice(from: layout.features, to: layout.activations) }
  }

  /// The hidden sums, and activations.
  var sums: MutableRawSpan {
    @_lifetime(copy self)
    get { slice(from: layout.activations, to: layout.total) }
  }

  @_lifetime(copy self)
  private func slice(from start: Int, to end: Int) -> MutableRawSpan {
    // Inside: the initializer compared the total, which is not zero.
    let base = unsafe bytes.baseAddress.unsafelyUnwrapped
    let part = unsafe UnsafeMutableRawBufferPointer(start: base + start, count: end &- start)
    return unsafe _overrideLifetime(MutableRawSpan(_unsafeBytes: part), copying: self)
  }
}
