/// Where a flash image comes from and what it is worth, as its header says.
public struct Provenance: Sendable {
  /// Name of the data; 32 characters of it are kept.
  public var dataset = ""
  /// How it was trained; 96 characters of it are kept.
  public var recipe = ""
  /// Seed of the training.
  public var seed: UInt64 = 0
  /// Training digits.
  public var trainCount = 0
  /// Epochs.
  public var epochs = 0
  /// Test digits.
  public var testCount = 0
  /// Test digits that the image reads right.
  public var testCorrect = 0
  /// What logits are divided by before they are read as probabilities; above zero.
  public var temperature: Float = 1
  /// Confidence below which an answer is unsure, 0 ... 1.
  public var unsureBelow: Float = 0

  /// Nothing known.
  public init() {}
}
