/// An input that is not zero, and where it is.
public struct ActiveFeature: BitwiseCopyable, Sendable {
  /// Number of the input.
  public var index: UInt16
  /// 1 ... 255, which the network reads as 1/255 ... 1.
  public var value: UInt16

  /// Input `index` with `value`.
  @inlinable
  public init(index: UInt16, value: UInt16) {
    self.index = index
    self.value = value
  }

  /// The input as the network reads it, 0 ... 1.
  @inlinable @inline(__always)
  public var real: Float { realFeature(value) }
}

/// A UInt8 input as the network reads it: n is n · 1/255.
@inlinable @inline(__always)
public func realFeature(_ value: UInt16) -> Float {
  Float(Int(truncatingIfNeeded: Int16(bitPattern: value))) * (1 / 255)
}

/// All 256 values as the network reads them: a table that stays in the first-level cache, because a
/// conversion in the loop would take the ports that multiplications need.
struct RealFeatures {
  private var vectors = InlineArray<16, Vector>(repeating: Vector())

  @inline(__always)
  init() {
    var start = Vector()
    for i in 0..<16 {
      vectors[i] = (laneNumbers + start) * (1 / 255)
      start = start + 16
    }
  }

  /// [256].
  var bytes: RawSpan {
    @_lifetime(borrow self)
    @inline(__always)
    get { vectors.span.bytes }
  }
}

extension RawSpan {
  /// Entry `value`, 0 ... 255, of a table of ``RealFeatures``, in all lanes.
  @inline(__always)
  func real(_ value: Int) -> Vector {
    // In bounds: the table has 256 entries of four bytes.
    Vector(repeating: unsafe unsafeLoad(fromUncheckedByteOffset: value &* 4, as: Float.self))
  }
}

/// Lists the inputs that are not zero, in rising order.
///
/// - Parameters:
///   - features: at most 2¹⁶ inputs.
///   - list: room for all of them.
/// - Returns: how many are listed.
public func listActiveFeatures(
  _ features: Span<UInt8>, into list: inout MutableSpan<ActiveFeature>
) -> Int {
  precondition(list.count >= features.count && features.count <= 65536)
  var count = 0
  var start = 0
  let bytes = features.bytes
  while start &+ 8 <= features.count {
    // In bounds: eight bytes from here are features; no more are listed than were seen, and there is
    // room for all.
    let eight = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt64.self)
    if eight != 0 {
      for index in start..<start &+ 8 { append(index, features, &list, &count) }
    }
    start &+= 8
  }
  for index in start..<features.count { append(index, features, &list, &count) }
  return count
}

/// Writes an input at the end of the list, and moves the end if it is not zero.
@inline(__always)
private func append(
  _ index: Int, _ features: Span<UInt8>, _ list: inout MutableSpan<ActiveFeature>,
  _ count: inout Int
) {
  let value = unsafe features[unchecked: index]
  unsafe list[unchecked: count] = ActiveFeature(
    index: UInt16(truncatingIfNeeded: index), value: UInt16(value))
  count &+= value != 0 ? 1 : 0
}
