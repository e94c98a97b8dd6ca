/// The way that a classification has come, folded into one word: the key that feeds the watchdog.
///
/// A step left out, done twice or out of turn gives another word, so that a program that has lost its
/// way does not keep the watchdog quiet. (N. Oh, P. P. Shirvani, E. J. McCluskey, Control-flow checking
/// by software signatures, IEEE Trans. Reliability 51, 2002.)
public struct ControlFlowSignature: Sendable, Equatable {
  private var folded: UInt32 = 0x5EED_0001

  /// The start of the way.
  public init() {}

  /// Adds a step of a classification.
  @inline(__always)
  public mutating func pass(_ stage: Stage) { pass(step: stage.foldedNumber) }

  /// Adds a step by its number.
  @inline(never)
  public mutating func pass(step: UInt32) {
    folded = (folded &<< 5 | folded &>> 27) ^ step
    folded &*= 0x9E37_79B1
  }

  /// The word that every whole classification with so many lists of nonzero pairs and classes gives.
  public init(lists: Int, classes: Int) {
    pass(.started)
    pass(.preprocessed)
    // Ranges would be checked first, which takes a chip some bytes.
    var list = 0
    while list < lists {
      pass(.listed(list))
      pass(.summed(list))
      list &+= 1
    }
    pass(.activated)
    var index = 0
    while index < classes {
      pass(.logit(index))
      index &+= 1
    }
  }
}
