/// A positive real factor in fixed point: `multiplier` · 2⁻³¹ · 2⁻ˢʰⁱᶠᵗ.
///
/// 0.3 is 1288490189 (0.6 in Q31) and a shift of 1.
public struct QuantizedMultiplier: Sendable, Equatable {
  /// In Q31: 2³⁰ ..< 2³¹ stands for 0.5 ..< 1. Zero is allowed and makes everything zero.
  public var multiplier: Int32
  /// A rounding right shift, 0 ... 31.
  public var shift: UInt8

  /// The factor `multiplier` · 2⁻³¹ · 2⁻ˢʰⁱᶠᵗ.
  ///
  /// - Parameters:
  ///   - multiplier: 2³⁰ ..< 2³¹, or 0.
  ///   - shift: 0 ... 31.
  @inlinable
  public init(multiplier: Int32, shift: UInt8) {
    self.multiplier = multiplier
    self.shift = shift
  }
}

/// `value` times `factor`, rounded as TensorFlow Lite's reference does it
/// (`MultiplyByQuantizedMultiplier` of gemmlowp's `fixedpoint.h`): a saturating rounding doubling
/// high multiplication, then a rounding shift to the right. Each of the two rounds to the nearest
/// whole number.
///
/// The multiplication takes a tie toward positive infinity: 3 times one half is 1.5, which is 2, and
/// -3 times one half is -1.5, which is -1. The shift takes a tie away from zero: 5 shifted by one is
/// 2.5, which is 3, and -5 becomes -3.
///
/// - Parameters:
///   - value: any sum.
///   - factor: what one step of the sum is worth in steps of the result.
@inlinable
public func requantize(_ value: Int32, by factor: QuantizedMultiplier) -> Int32 {
  roundingShift(doublingHighProduct(value, factor.multiplier), by: factor.shift)
}

/// The upper half of 2·a·b, rounded to the nearest, ties toward positive infinity.
///
/// -2³¹ times itself, the one product that does not fit, gives 2³¹ - 1.
@inlinable
public func doublingHighProduct(_ a: Int32, _ b: Int32) -> Int32 {
  if a == Int32.min && b == Int32.min { return Int32.max }
  // The product in halves: its 64 bits plus 2³⁰, shifted right by 31.
  let product = a.multipliedFullWidth(by: b)
  let low = product.low &+ 0x4000_0000
  let carry: Int32 = low < 0x4000_0000 ? 1 : 0
  return (product.high &+ carry) &<< 1 | Int32(bitPattern: low &>> 31)
}

/// `value` / 2ˢʰⁱᶠᵗ rounded to the nearest, ties away from zero.
///
/// - Parameters:
///   - value: any number.
///   - shift: 0 ... 31; of a larger one the low five bits count.
@inlinable
public func roundingShift(_ value: Int32, by shift: UInt8) -> Int32 {
  let bits = Int32(truncatingIfNeeded: shift) & 31
  let mask = (1 as Int32) &<< bits &- 1
  let threshold = (mask &>> 1) &+ (value < 0 ? 1 : 0)
  return (value &>> bits) &+ (value & mask > threshold ? 1 : 0)
}
