/// Where a model image comes from and what it is worth, as its header says.
package struct Metadata: Sendable {
  /// What the classes are called, each as ``ModelImage/isName(_:)`` wants it; none where they are called 0, 1,
  /// 2, ….
  package var classNames: [String] = []
  /// Name of the data; 32 characters of it are kept.
  package var dataset = ""
  /// How it was trained; 64 characters of it are kept.
  package var recipe = ""
  /// Seed of the training.
  package var seed: UInt64 = 0
  /// How many digits it was trained on.
  package var trainCount = 0
  /// Epochs trained.
  package var epochs = 0
  /// How many digits it was tested on.
  package var testCount = 0
  /// Test digits that the image reads right.
  package var testCorrect = 0
  /// What logits are divided by before they are read as probabilities; above zero.
  package var temperature: Float = 1
  /// Confidence below which an answer is unsure, 0 ... 1.
  package var unsureBelow: Float = 0

  /// A network of which nothing is known: no names, and all counts 0.
  package init() {}
}
