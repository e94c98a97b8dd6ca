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
  for index in 0..<features.count {
    // In bounds by the loop; no more are listed than were seen, and there is room for all.
    let value = unsafe features[unchecked: index]
    unsafe list[unchecked: count] = ActiveFeature(
      index: UInt16(truncatingIfNeeded: index), value: UInt16(truncatingIfNeeded: value))
    count &+= value != 0 ? 1 : 0
  }
  return count
}
