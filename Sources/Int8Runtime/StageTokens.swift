import Kernels

/// The way that a classification has come, folded into one word: the key that feeds the watchdog.
///
/// A step left out, done twice or out of turn gives another word, so that a program that has lost its
/// way does not keep the watchdog quiet. (N. Oh, P. P. Shirvani, E. J. McCluskey, Control-flow checking
/// by software signatures, IEEE Trans. Reliability 51, 2002.)
public struct StageTokens: Sendable, Equatable {
  private var folded: UInt32 = 0x5EED_0001

  /// The start of the way.
  public init() {}

  /// Adds a step.
  @inline(__always)
  public mutating func pass(_ stage: Stage) {
    folded = (folded &<< 5 | folded &>> 27) ^ stage.number
    folded &*= 0x9E37_79B1
  }

  /// The word that every whole classification with this geometry gives.
  public init(wholeWayOf geometry: Geometry) {
    pass(.started)
    pass(.conditioned)
    pass(.listed)
    for block in 0..<geometry.hidden / unitsPerBlock {
      pass(.summed(block: block))
      pass(.activated(block: block))
    }
    for digit in 0..<classCount { pass(.scored(digit: digit)) }
  }
}
