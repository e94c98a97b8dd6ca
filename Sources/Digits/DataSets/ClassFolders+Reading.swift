import CommandLineSupport
import Synchronization
import Threads

extension ClassFolders {
  /// The pictures of some classes.
  ///
  /// - Parameter threads: how many read at a time; the result does not depend on it.
  /// - Throws: ``DigitsError`` for the first file that is no picture, or on which nothing is drawn.
  func read(_ part: Part, threads: Int) throws(DigitsError) -> DigitSet {
    let classes = part == .test ? test ?? training : training
    let meaning = ClassNames.meaning(ofFolders: classes.map(\.name))
    var files: [(path: String, label: UInt8)] = []
    for (index, each) in classes.enumerated() {
      files += each.files.map { ($0, meaning.classes[index]) }
    }
    guard files.count <= IDX.maximumCount else {
      throw .malformed(
        folder, "has more than \(IDX.maximumCount) pictures", "give a smaller set")
    }
    guard Memory.has(files.count * DigitSet.side * DigitSet.side) else {
      throw DigitsError.noMemory(folder)
    }
    return DigitSet(
      pixels: try ClassFolders.pixels(files.map(\.path), threads: threads),
      labels: files.map(\.label),
      name: test == nil
        ? "pictures in \(Paths.name(folder))" : "\(part.title) pictures in \(Paths.name(folder))",
      classNames: meaning.names)
  }

  /// The first trouble that was met, by the number of its file.
  private struct Trouble {
    var index = Int.max
    var error: DigitsError?
  }

  /// The pixels of all files, in order.
  private static func pixels(_ files: [String], threads: Int) throws(DigitsError) -> [UInt8] {
    let size = DigitSet.side * DigitSet.side
    var pixels = [UInt8](repeating: 0, count: files.count * size)
    let trouble = Mutex(Trouble())
    let parts = max(1, min(threads, files.count))
    unsafe pixels.withUnsafeMutableBufferPointer { pixels in
      // Each part writes pictures that no other part touches.
      nonisolated(unsafe) let pixels = unsafe pixels
      concurrently(parts) { part in
        for i in files.count * part / parts..<files.count * (part + 1) / parts {
          do throws(DigitsError) {
            let digit = try picture(files[i])
            for j in 0..<size { unsafe pixels[i * size + j] = digit[j] }
          } catch {
            trouble.withLock { if i < $0.index { $0 = Trouble(index: i, error: error) } }
            return
          }
        }
      }
    }
    if let error = trouble.withLock({ $0.error }) { throw error }
    return pixels
  }

  /// A picture as the networks know it: one of 28x28 pixels that is dark around is one already, the ink of
  /// any other is looked for.
  private static func picture(_ path: String) throws(DigitsError) -> [UInt8] {
    let bytes = try FileBytes.read(path, limit: PGM.maximumBytes)
    let plain = PlainPNG.decode(bytes.span)
    let picture = if let plain { plain } else { try PictureFile.decode(bytes, file: path) }
    let side = DigitSet.side
    if picture.width == side, picture.height == side {
      var sum = 0
      for i in 0..<side {
        for place in [i, side * (side - 1) + i, side * i, side * i + side - 1] {
          sum += Int(picture.pixels[place])
        }
      }
      if sum < 128 * 4 * side { return picture.pixels }
    }
    return try Normalization.normalize(picture, file: path).pixels
  }
}

extension ClassNames {
  /// What folders are called is what their classes are called, even if that is a number; numbers are in
  /// rising order.
  static func meaning(ofFolders names: [String]) -> Meaning {
    let numbers = names.compactMap { Int($0) }
    let isNumbered = numbers.count == names.count
    let order = names.indices.sorted {
      isNumbered
        ? numbers[$0] < numbers[$1] : names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8)
    }
    return ordered(names, order)
  }
}
