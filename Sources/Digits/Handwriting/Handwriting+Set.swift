import Threads

extension Handwriting {
  /// The first `count` digits of a stream.
  ///
  /// - Parameter threads: how many to draw at a time; the digits do not depend on it.
  package func set(count: Int, stream: Stream = .training, threads: Int = 1) -> DigitSet {
    let (pixels, labels) = pictures(count, threads) { draw(index: $0, stream: stream, into: &$1) }
    return DigitSet(pixels: pixels, labels: labels, name: "built-in handwriting")
  }

  /// The first `count` pictures of a stream that are of no digit, 784 bytes each.
  ///
  /// - Parameter threads: how many to draw at a time; the pictures do not depend on it.
  package func others(count: Int, stream: Stream = .training, threads: Int = 1) -> [UInt8] {
    pictures(count, threads) {
      drawOther(index: $0, stream: stream, into: &$1)
      return 0
    }.pixels
  }

  /// Draws `count` pictures and gives each a label.
  private func pictures(
    _ count: Int, _ threads: Int, _ draw: @Sendable (Int, inout MutableSpan<UInt8>) -> UInt8
  ) -> (pixels: [UInt8], labels: [UInt8]) {
    let size = DigitSet.side * DigitSet.side
    var pixels = [UInt8](repeating: 0, count: count * size)
    var labels = [UInt8](repeating: 0, count: count)
    let parts = max(1, min(threads, count))
    unsafe pixels.withUnsafeMutableBufferPointer { pixels in
      unsafe labels.withUnsafeMutableBufferPointer { labels in
        // Each part writes rows that no other part touches.
        nonisolated(unsafe) let pixels = unsafe pixels
        nonisolated(unsafe) let labels = unsafe labels
        concurrently(parts) { part in
          for i in count * part / parts..<count * (part + 1) / parts {
            let digit = unsafe UnsafeMutableBufferPointer(
              rebasing: pixels[i * size..<(i + 1) * size])
            var span = unsafe digit.mutableSpan
            unsafe labels[i] = draw(i, &span)
          }
        }
      }
    }
    return (pixels, labels)
  }
}
