import Kernels

extension Random {
  /// Mean 0 and standard deviation 1, nearly normal, and cheaper than ``normal()``: the sum
  /// of four uniform numbers (Irwin, Hall 1927), never beyond 3.47.
  mutating func roughlyNormal() -> Float {
    let bits = next()
    // Four sums of 16 bits: pairs first, so that nothing carries from one into the other.
    let pairs = (bits & 0x0000_FFFF_0000_FFFF) &+ ((bits &>> 16) & 0x0000_FFFF_0000_FFFF)
    let sum = (pairs & 0xFFFF_FFFF) &+ (pairs &>> 32)
    // The sum's mean is 131070; its deviation is 2^16 / sqrt(3) but for one part in 10^9.
    return Float(Int32(truncatingIfNeeded: sum) &- 131_070) * 2.642_899_8e-5
  }
}
