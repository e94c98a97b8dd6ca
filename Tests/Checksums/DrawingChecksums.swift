import Digits
import Int8Runtime
import Network
import SIMDMath

extension Checksum {
  /// What becomes of a digit between the pen and the network.
  static func drawing() -> [Checksum] {
    let digits = drawn()
    var fine = Augmentation.Strengths()
    fine.grid = 4
    return [
      Checksum("drawing digits") { digest in digest.add(digits) },
      distorting("distorting digits, affine", Augmentation(.affine), digits),
      distorting("distorting digits, elastic", Augmentation(.elastic), digits),
      distorting(
        "distorting digits, elastic on a fine grid", Augmentation(.elastic, fine), digits),
      deskewing("deskewing digits", InputSpec(side: 28, deskew: true), digits),
      deskewing("centering digits", InputSpec(side: 28, deskew: false), digits),
      deskewing("deskewing and pooling digits", InputSpec(side: 14, deskew: true), digits),
    ]
  }

  /// A few hundred digits of both streams, drawn; a label after each.
  private static func drawn() -> [UInt8] {
    var all: [UInt8] = []
    for (seed, stream) in [(7, .training), (8, .test)] as [(UInt64, Handwriting.Stream)] {
      let handwriting = Handwriting(seed: seed)
      for index in 0..<150 {
        var pixels = [UInt8](repeating: 0, count: pictureBytes)
        var span = pixels.mutableSpan
        let label = handwriting.draw(index: index, stream: stream, into: &span)
        all += pixels
        all.append(label)
      }
    }
    return all
  }

  /// The drawn digits, one after the other.
  private static func eachDigit(_ digits: [UInt8], _ body: (Int, ArraySlice<UInt8>) -> Void) {
    let length = pictureBytes + 1
    for i in 0..<digits.count / length {
      body(i, digits[i * length..<i * length + pictureBytes])
    }
  }

  private static func distorting(
    _ name: StaticString, _ augmentation: Augmentation, _ digits: [UInt8]
  ) -> Checksum {
    Checksum(name) { digest in
      eachDigit(digits) { i, digit in
        var random = Random(seed: 51, index: UInt64(i))
        var result = [UInt8](repeating: 0, count: pictureBytes)
        var span = result.mutableSpan
        augmentation.apply(
          to: digit.span, into: &span, share: i % 3 == 0 ? 0.4 : 1, random: &random)
        digest.add(result)
      }
    }
  }

  private static func deskewing(
    _ name: StaticString, _ inputSpec: InputSpec, _ digits: [UInt8]
  ) -> Checksum {
    Checksum(name) { digest in
      eachDigit(digits) { _, digit in
        var result = [UInt8](repeating: 0, count: inputSpec.inputs)
        var span = result.mutableSpan
        var features = unsafe span.mutableBytes
        unsafe preprocess(digit.span.bytes, by: inputSpec, into: &features)
        digest.add(result)
      }
    }
  }
}
