import SIMDMath

/// An input that is not zero, and where it is.
package struct NonzeroFeature: BitwiseCopyable, Sendable {
  /// Number of the input.
  package var index: UInt16
  /// 1 ... 255, which the network reads as 1/255 ... 1.
  package var value: UInt16

  /// Input `index` with `value`.
  @inlinable
  package init(index: UInt16, value: UInt16) {
    self.index = index
    self.value = value
  }
}

/// A UInt8 input as the network reads it: n is n · 1/255.
@inlinable @inline(__always)
package func realFeature(_ value: UInt16) -> Float {
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
    get { unsafe vectors.span.bytes }
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
package func listNonzeroFeatures(
  _ features: Span<UInt8>, into list: inout MutableSpan<NonzeroFeature>
) -> Int {
  precondition(list.count >= features.count && features.count <= 65536)
  var count = 0
  var start = 0
  while start < features.count {
    append(activeLanes(features, from: start), from: start, features, &list, &count)
    start &+= 64
  }
  return count
}

/// A bit for each of up to 64 inputs from one on, the lowest for the first: set where it is not zero.
@inline(__always)
private func activeLanes(_ features: Span<UInt8>, from first: Int) -> UInt64 {
  if first &+ 64 <= features.count {
    return unsafe nonzeroLanes(
      features.bytes.unsafeLoadUnaligned(fromByteOffset: first, as: SIMD64<UInt8>.self))
  }
  var lanes: UInt64 = 0
  var bit: UInt64 = 1
  for index in first..<features.count {
    if features[index] != 0 { lanes |= bit }
    bit &+= bit
  }
  return lanes
}

/// Appends the inputs whose bits are set; bit 0 is that of input `start`.
@inline(__always)
private func append(
  _ lanes: UInt64, from start: Int, _ features: Span<UInt8>,
  _ list: inout MutableSpan<NonzeroFeature>, _ count: inout Int
) {
  var rest = lanes
  while rest != 0 {
    let index = start &+ rest.trailingZeroBitCount
    // In bounds: a bit is set for an input only, no more are listed than there are, and there is room
    // for all.
    let value = unsafe features[unchecked: index]
    unsafe list[unchecked: count] = NonzeroFeature(
      index: UInt16(truncatingIfNeeded: index), value: UInt16(value))
    count &+= 1
    rest &= rest &- 1
  }
}
