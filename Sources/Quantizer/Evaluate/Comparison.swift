import Int8Runtime
import Network
import SIMDMath

/// A float network and its model image on the same digits.
package struct Comparison: Sendable {
  /// How many digits were read.
  package var count = 0
  /// Digits the float network reads right.
  package var floatCorrect = 0
  /// Digits the model image reads right.
  package var int8Correct = 0
  /// Digits on which the two differ, right or wrong.
  package var changed = 0
  /// Hidden activations that saturated, of `count` times the hidden units.
  package var hiddenSaturated = 0
  /// What the digits are.
  package var labels: [UInt8] = []
  /// What the float network answers, digit by digit.
  package var floatPredictions: [UInt8] = []
  /// What the model image answers, digit by digit.
  package var predictions: [UInt8] = []
  /// Its logits of each digit.
  package var logits: [HostLogits] = []
  /// confusion[true][answered].
  package var confusion: [[Int]]

  /// Reads pictures with the image, and what the image makes of them with the network.
  ///
  /// - Parameters:
  ///   - pictures: 784 bytes for each label.
  ///   - preprocessed: the same pictures as the network sees them.
  package init(
    _ network: FloatNetwork, image: [UInt8], pictures: Span<UInt8>, labels: [UInt8],
    preprocessed: some ExampleSource, threads: Int
  ) throws(ModelImageError) {
    let flash = try unsafe ModelImage(image.span.bytes)
    let float = Evaluator(network, examples: labels.count, threads: threads).logits(preprocessed)
    var arena = HostArena(flash.shape)
    count = labels.count
    let classes = flash.shape.classes
    confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    self.labels = labels
    for (index, label) in labels.enumerated() {
      let answer = arena.classify(index, of: pictures, with: flash)
      let digit = answer.argmax
      let floatDigit = firstLargest(classes) { float[index][$0] }
      floatCorrect += floatDigit == Int(label) ? 1 : 0
      int8Correct += digit == Int(label) ? 1 : 0
      changed += digit == floatDigit ? 0 : 1
      confusion[Int(label)][digit] += 1
      floatPredictions.append(UInt8(floatDigit))
      predictions.append(UInt8(digit))
      logits.append(answer)
      let activations = arena.activations
      for unit in activations.indices { hiddenSaturated += activations[unit] == 255 ? 1 : 0 }
    }
  }
}
