/// What a training is given from data sets: pictures to train on, and others to test with.
package struct TrainingData: Sendable {
  /// How data sets are read.
  package struct Options: Sendable, Equatable {
    /// The classes to use, in this order; nil for all there are.
    package var classes: [String]?
    /// Whether rows and columns are exchanged in the files.
    package var isTransposed = false
    /// How many threads read pictures.
    package var threads = 1

    /// All classes, upright.
    package init() {}
  }

  /// To train on.
  package var training: DigitSet
  /// To test with, of the same classes.
  package var test: DigitSet
  /// What a person should be told, a sentence each.
  package var notes: [String] = []

  /// Pictures to train on, one in seven of each class held out to test with.
  package init(holdingOutOf pictures: DigitSet) {
    training = pictures
    test = training.removeOneInSeven()
    test.name = "held out of \(training.name)"
  }
}
