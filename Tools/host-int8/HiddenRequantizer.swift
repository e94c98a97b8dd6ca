import Int8Runtime
import Network
import SIMDMath

/// From hidden sums to activations of 0 ... 255, sixteen units at a time; to the bit what
/// ``requantize(_:by:)`` and the image's table give.
struct HiddenRequantizer: ~Copyable {
  /// [vectors]: multipliers, and what is added before the shift.
  private let multipliers: AlignedBuffer<SIMD16<UInt32>>
  private let halves: AlignedBuffer<SIMD16<UInt32>>
  private let shifts: AlignedBuffer<SIMD16<UInt32>>
  /// Every unit's factor, for activations with a table.
  private let factors: [QuantizedMultiplier]
  /// Empty for ReLU.
  private let table: [UInt8]

  init(_ image: borrowing ModelImage) {
    let hidden = image.shape.hidden
    var factors: [QuantizedMultiplier] = []
    for unit in 0..<hidden { unsafe factors.append(image.hiddenMultiplier(unit)) }
    self.factors = factors
    var table: [UInt8] = []
    if image.shape.activation.needsTable {
      for value in 0..<256 { table.append(image.activation(UInt8(value))) }
    }
    self.table = table
    multipliers = AlignedBuffer(repeating: SIMD16(), count: hidden / 16)
    halves = AlignedBuffer(repeating: SIMD16(), count: hidden / 16)
    shifts = AlignedBuffer(repeating: SIMD16(), count: hidden / 16)
    var m = unsafe multipliers.ownedSlice(0..<hidden / 16)
    var h = unsafe halves.ownedSlice(0..<hidden / 16)
    var s = unsafe shifts.ownedSlice(0..<hidden / 16)
    for (unit, factor) in factors.enumerated() {
      m[unit / 16][unit % 16] = UInt32(factor.multiplier)
      s[unit / 16][unit % 16] = UInt32(factor.shift)
      h[unit / 16][unit % 16] = factor.shift == 0 ? 0 : 1 << UInt32(factor.shift - 1)
    }
  }

  /// Activations of vectors of sums, packed: of ``KernelShape/inputsPerWord`` vectors in one vector of words,
  /// the first in the lowest bits.
  ///
  /// - Parameter words: where the vectors of a word come one after the other, the lowest bits' first.
  func apply(
    _ sums: Span<Words>, firstVector: Int, into words: inout MutableSpan<Words>
  ) {
    let vectors = firstVector..<firstVector + sums.count
    let multipliers = multipliers.slice(vectors)
    let halves = halves.slice(vectors)
    let shifts = shifts.slice(vectors)
    for i in 0..<sums.count {
      let vector = firstVector &+ i
      let values =
        table.isEmpty
        ? rectified(sums[i], multipliers[i], halves[i], shifts[i]) : looked(sums[i], vector)
      let word = vector / KernelShape.inputsPerWord
      let index = vector % KernelShape.inputsPerWord
      let bits = Words(repeating: Int32(truncatingIfNeeded: index * 32 / KernelShape.inputsPerWord))
      words[word] = (index == 0 ? Words() : words[word]) | values &<< bits
    }
  }

  /// ReLU. Of what is not negative both roundings are the addition of a half: 3/2 is 1.5, which is 2,
  /// and 2.5 becomes 3. Products of two numbers of 31 bits, in the even and the odd lanes.
  @inline(__always)
  private func rectified(
    _ sums: Words, _ multipliers: SIMD16<UInt32>, _ halves: SIMD16<UInt32>,
    _ shifts: SIMD16<UInt32>
  ) -> Words {
    let positive = unsafe unsafeBitCast(sums & ~(sums &>> 31), to: SIMD8<UInt64>.self)
    let factor = unsafe unsafeBitCast(multipliers, to: SIMD8<UInt64>.self)
    let low = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
    let half = SIMD8<UInt64>(repeating: 0x4000_0000)
    let even = ((positive & low) &* (factor & low) &+ half) &>> 31
    let odd = ((positive &>> 32) &* (factor &>> 32) &+ half) &>> 31
    let high = unsafe unsafeBitCast(even | odd &<< 32, to: SIMD16<UInt32>.self)
    let value = unsafe unsafeBitCast((high &+ halves) &>> shifts, to: Words.self)
    // The smaller of it and 255.
    let above = value &- 255
    return value &- (above & ~(above &>> 31))
  }

  private func looked(_ sums: Words, _ vector: Int) -> Words {
    var result = Words()
    for lane in 0..<16 {
      let requantized = requantize(sums[lane], by: factors[vector * 16 + lane])
      let index = max(-128, min(127, requantized)) + 128
      result[lane] = Int32(table[Int(index)])
    }
    return result
  }
}
