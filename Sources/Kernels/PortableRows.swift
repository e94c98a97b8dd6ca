// The sums of a row on any machine. The Cortex-M4 has `Firmware/CortexM4Rows.swift` in its place.

/// Adds `Σ value · weight` over listed pairs to the sums of one block of eight hidden units.
///
/// - Parameters:
///   - weights: the block's weights, interlocked, 8 bytes for each input.
///   - pairs: what ``listActivePairs(_:from:into:)`` wrote for as many inputs, `count` entries of it.
///   - sums: Int32 for each hidden unit.
///   - block: which eight of them.
/// - Complexity: 16 multiplications for each listed pair.
@inlinable
public func addHiddenBlock(
  weights: RawSpan, pairs: RawSpan, count: Int, sums: inout MutableRawSpan, block: Int
) {
  precondition(count >= 0 && pairs.byteCount >= count &* bytesPerActivePair)
  precondition(block >= 0 && sums.byteCount >= 4 &* unitsPerBlock &* (block &+ 1))
  var low = SIMD4<Int32>()
  var both = SIMD4<Int32>()
  var place = 0
  for entry in 0..<count {
    // In bounds: entries are counted above, and their steps lead to the block's pairs.
    place &+= Int(unsafe wordWithin(pairs, at: bytesPerActivePair &* entry))
    let values = unsafe wordWithin(pairs, at: bytesPerActivePair &* entry &+ 4)
    let a = Int32(bitPattern: values & 0xFFFF)
    let b = Int32(bitPattern: values &>> 16)
    for lane in 0..<4 {
      let word = Int32(bitPattern: unsafe wordWithin(weights, at: place &+ 4 &* lane))
      let first = Int32(Int16(truncatingIfNeeded: word))
      let second = word &>> 16
      both[lane] &+= first &* a &+ second &* b
      low[lane] &+= Int32(Int8(truncatingIfNeeded: first)) &* a
        &+ Int32(Int8(truncatingIfNeeded: second)) &* b
    }
  }
  let high = (both &- low) &>> 8
  for lane in 0..<4 {
    let place = 4 &* unitsPerBlock &* block &+ 8 &* lane
    unsafe addWithin(&sums, at: place, low[lane])
    unsafe addWithin(&sums, at: place &+ 4, high[lane])
  }
}

/// `bias + Σ activation · weight` over one row of output weights, as long as the activations: a
/// multiple of four.
@inlinable
public func outputRowSum(weights: RawSpan, activations: RawSpan, bias: Int32) -> Int32 {
  precondition(weights.byteCount >= activations.byteCount)
  var sum = bias
  for i in 0..<activations.byteCount {
    // In bounds: the row is as long as the activations.
    let weight = unsafe weights.unsafeLoad(fromUncheckedByteOffset: i, as: Int8.self)
    let activation = unsafe activations.unsafeLoad(fromUncheckedByteOffset: i, as: UInt8.self)
    sum &+= Int32(weight) &* Int32(activation)
  }
  return sum
}

/// Adds to the number at an offset that lies, with its four bytes, inside `bytes`.
@inlinable @inline(__always) @unsafe
func addWithin(_ bytes: inout MutableRawSpan, at offset: Int, _ value: Int32) {
  let sum = Int32(bitPattern: unsafe wordWithin(bytes.bytes, at: offset)) &+ value
  unsafe setWordWithin(&bytes, at: offset, UInt32(bitPattern: sum))
}
