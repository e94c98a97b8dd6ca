import Digits
import Int8Runtime
import Network
import SIMDMath
import Threads

/// How many digits are preprocessed before they are listed.
private let preprocessedAtATime = 4096

extension DigitSet {
  /// The digits as the network sees them, preprocessed by the code that the device runs.
  package func preprocessed(by inputSpec: InputSpec, threads: Int) -> StoredExamples {
    let inputs = inputSpec.inputs
    // Lists are made of some at a time, so that all never stand in memory besides.
    let most = min(count, preprocessedAtATime)
    return preprocessed(
      by: inputSpec, threads: threads, most: most,
      through: AlignedBuffer<UInt8>(repeating: 0, count: most * inputs))
  }

  private func preprocessed(
    by inputSpec: InputSpec, threads: Int, most: Int, through rows: borrowing AlignedBuffer<UInt8>
  ) -> StoredExamples {
    let inputs = inputSpec.inputs
    let parts = max(1, threads)
    var examples = StoredExamples.Builder(inputs: inputs, count: count)
    for start in stride(from: 0, to: count, by: max(1, most)) {
      let taken = min(most, count - start)
      concurrently(parts) { part in
        for index in taken * part / parts..<taken * (part + 1) / parts {
          // Every example is written by one thread.
          var row = unsafe rows.ownedSlice(index * inputs..<(index + 1) * inputs)
          var bytes = unsafe row.mutableBytes
          unsafe preprocess(picture(start + index).bytes, by: inputSpec, into: &bytes)
        }
      }
      examples.add(
        rows.span.extracting(0..<taken * inputs), labels: labels[start..<start + taken])
    }
    return examples.finish()
  }

  /// The digits at some indices, in that order.
  package func subset(_ indices: [Int]) -> DigitSet {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(indices.count * pictureBytes)
    for index in indices {
      pixels += self.pixels[index * pictureBytes..<(index + 1) * pictureBytes]
    }
    return DigitSet(
      pixels: pixels, labels: indices.map { labels[$0] }, name: name, classNames: classNames)
  }

  /// Splits off `held` digits at random, in place.
  package mutating func hold(_ held: Int, seed: UInt64) -> DigitSet {
    var random = Random(seed: seed, stream: RandomStream.validation)
    var indices = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) { indices.swapAt(i, random.below(i + 1)) }
    return remove(at: indices[..<held].sorted())
  }
}
