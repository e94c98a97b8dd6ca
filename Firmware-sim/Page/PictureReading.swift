import Device
import Digits
import Int8Runtime

/// What a network made of a picture of any size: the answer that `infer-sim` gives, and how it came about.
package struct PictureReading: Sendable {
  /// The ink, fitted.
  package let digit: NormalizedDigit
  /// The scores.
  package let logits: HostLogits
  /// What they mean.
  package let probabilities: [Float]
  /// Whether the answer should not be relied on.
  package let isUnsure: Bool
  /// X: what the network saw, a square of bytes.
  package let features: [UInt8]
  /// Z: the hidden units' activations, as they are stored.
  package let activations: [UInt8]

  /// The class.
  package var answer: Int { logits.argmax }
  /// Four pixels each with ink, which preprocessing takes time for.
  package var quads: Int { unsafe InstructionCost.nonzero(4, in: digit.pixels.span.bytes) }
}

extension ModelImage {
  /// Finds the ink of a picture and reads it.
  ///
  /// - Parameters:
  ///   - picture: of any size.
  ///   - file: what to call it in an error.
  /// - Throws: ``DigitsError`` if there is no digit, or more than one.
  package func read(_ picture: Picture, file: String) throws(DigitsError) -> PictureReading {
    let digit = try Normalization.normalize(picture, file: file)
    var arena = HostArena(shape)
    var parts: [Float] = []
    for pixels in digit.splits.flatMap({ $0.parts }) {
      parts.append(confidence(arena.classify(of: pixels.span, with: self)))
    }
    let logits = arena.classify(of: digit.pixels.span, with: self)
    let probabilities = probabilities(logits)
    let sure = probabilities[logits.argmax]
    let count = DigitCount(digit, whole: sure, parts: parts)
    // What may be noise has no digits to count.
    if count == .several, !digit.isDoubtful { throw .severalDigits(file) }
    return PictureReading(
      digit: digit, logits: logits, probabilities: probabilities,
      isUnsure: !(sure >= float(Header.unsureBelow)) || count == .doubtful || digit.isDoubtful,
      features: bytes(arena.features), activations: bytes(arena.activations))
  }

  private func confidence(_ logits: HostLogits) -> Float { probabilities(logits)[logits.argmax] }

  private func bytes(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }
}
