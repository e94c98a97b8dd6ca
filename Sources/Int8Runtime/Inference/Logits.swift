/// The ten logits of a classification; the index of the largest is the digit.
public struct Logits: Sendable {
  /// One for each digit, in steps of the model image's logit scale.
  public var values: InlineArray<10, Int32>

  /// Ten zeros.
  public init() { values = InlineArray(repeating: 0) }

  /// The logits that a function gives for the digits.
  @inline(__always)
  init(_ logit: (Int) -> Int32) { values = InlineArray(logit) }

  /// The digit with the largest logit; of equal ones the smallest digit.
  public var digit: Int {
    var best = 0
    var largest = values[0]
    for candidate in 1..<classCount {
      // Below ten, the number of values.
      let value = unsafe values[unchecked: candidate]
      if value > largest { (best, largest) = (candidate, value) }
    }
    return best
  }
}
