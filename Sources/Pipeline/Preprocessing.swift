import Digits
import Int8Runtime
import Network
import SIMDMath
import Threads

extension DigitSet {
  /// The digits as the network sees them, preprocessed by the code that the device runs.
  package func preprocessed(by inputSpec: InputSpec, threads: Int) -> StoredExamples {
    let result = AlignedBuffer<UInt8>(repeating: 0, count: count * inputSpec.inputs)
    let chunks = max(1, threads)
    concurrently(chunks) { chunk in
      for index in count * chunk / chunks..<count * (chunk + 1) / chunks {
        // Every example is written by one thread.
        var row = unsafe result.ownedSlice(
          index * inputSpec.inputs..<(index + 1) * inputSpec.inputs)
        var bytes = unsafe row.mutableBytes
        unsafe preprocess(picture(index).bytes, by: inputSpec, into: &bytes)
      }
    }
    return StoredExamples(features: result.span, labels: labels, inputs: inputSpec.inputs)
  }

  /// The digits at some indices, in that order.
  package func subset(_ indices: [Int]) -> DigitSet {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(indices.count * pictureBytes)
    for index in indices {
      pixels += self.pixels[index * pictureBytes..<(index + 1) * pictureBytes]
    }
    return DigitSet(pixels: pixels, labels: indices.map { labels[$0] }, name: name)
  }

  /// Splits off `held` digits at random.
  package func split(holding held: Int, seed: UInt64) -> (rest: DigitSet, held: DigitSet) {
    var random = Random(seed: seed, stream: RandomStream.validation)
    var indices = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) { indices.swapAt(i, random.below(i + 1)) }
    return (subset(indices[held...].sorted()), subset(indices[..<held].sorted()))
  }
}
