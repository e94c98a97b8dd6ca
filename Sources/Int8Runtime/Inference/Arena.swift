/// The one block of memory a classification uses, and where everything stands in it.
///
/// The picture is no longer needed once it is preprocessed; the list of nonzero pairs takes its place, each
/// activation that of its sum, and the logits what the sums leave of theirs. All parts are at multiples of four.
public struct ArenaLayout: Sendable {
  /// The picture, ``pictureBytes`` pixels; later the list of up to 98 nonzero pairs.
  public var picture: Int { 0 }
  /// What the network sees.
  public var features: Int { pictureBytes }
  /// The hidden units' sums, Int32 each; at the end their activations, UInt8 each.
  public let activations: Int
  /// The logits, Int32 each, behind the activations.
  public let logits: Int
  /// The end of the logits.
  let logitsEnd: Int

  /// The end of the hidden sums, which take four times the bytes of the activations.
  var sumsEnd: Int { activations &+ 4 &* (logits &- activations) }
  /// The bytes an arena needs.
  public var total: Int { sumsEnd > logitsEnd ? sumsEnd : logitsEnd }

  /// The arena of a model shape.
  ///
  /// - Parameter shape: a valid one, as every ``ModelImage`` has.
  public init(_ shape: ModelShape) {
    activations = pictureBytes &+ shape.inputSpec.inputs
    logits = activations &+ shape.hidden
    logitsEnd = logits &+ 4 &* shape.classes
  }
}

/// The arena's parts. The picture, the features and the rest can be read and written at the same time.
@safe struct Arena: ~Escapable {
  private let bytes: UnsafeMutableRawBufferPointer
  private let layout: ArenaLayout

  /// Divides `bytes` as `layout` says; they must be as many as it wants, or more.
  @_lifetime(&bytes)
  init(_ bytes: inout MutableRawSpan, layout: ArenaLayout) {
    precondition(bytes.byteCount >= layout.total)
    // The pointer is kept no longer than the exclusive access to the span it came from: the lifetime
    // above. Picture, features and sums do not overlap, so views of them may be written side by side.
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
    get { slice(from: layout.activations, to: layout.sumsEnd) }
  }

  /// The activations, once they have replaced the sums.
  var activations: RawSpan {
    @_lifetime(copy self)
    get { view(from: layout.activations, to: layout.logits) }
  }

  /// Where the logits go, once there are activations.
  var logitWords: MutableRawSpan {
    @_lifetime(copy self)
    get { slice(from: layout.logits, to: layout.logitsEnd) }
  }

  /// The logits, once they are there.
  var logits: Logits {
    @_lifetime(copy self)
    get { Logits(view(from: layout.logits, to: layout.logitsEnd)) }
  }

  @_lifetime(copy self)
  private func view(from start: Int, to end: Int) -> RawSpan {
    // Inside, as below.
    let base = unsafe bytes.baseAddress.unsafelyUnwrapped
    let part = unsafe UnsafeRawBufferPointer(start: base + start, count: end &- start)
    return unsafe _overrideLifetime(RawSpan(_unsafeBytes: part), copying: self)
  }

  @_lifetime(copy self)
  private func slice(from start: Int, to end: Int) -> MutableRawSpan {
    // Inside: the initializer compared the total, which is not zero.
    let base = unsafe bytes.baseAddress.unsafelyUnwrapped
    let part = unsafe UnsafeMutableRawBufferPointer(start: base + start, count: end &- start)
    return unsafe _overrideLifetime(MutableRawSpan(_unsafeBytes: part), copying: self)
  }
}
