import Foundation

/// Data of which an epoch takes milliseconds: a digit is a bar, the wider the larger it is.
enum Bars {
  /// What trains on them in `data`, with a checkpoint after every epoch.
  static let training = [
    "--data", "data", "--hidden", "16", "--augment", "none", "--deskew", "off", "--threads", "1",
    "--epochs", "60", "--checkpoint-every", "1",
  ]

  /// Writes MNIST's four files into a new folder.
  ///
  /// - Parameters:
  ///   - trained: how many digits there are to train on.
  ///   - change: what is made of a pixel and of a label in the end.
  static func write(
    to folder: String, seed: UInt64 = 1, trained: Int = 600,
    pixel change: (UInt8) -> UInt8 = { $0 }, label: (Int, UInt8) -> UInt8 = { $1 }
  ) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var noise = seed
    for (name, count) in [("train", trained), ("t10k", 100)] {
      let labels = (0..<count).map { UInt8($0 % 10) }
      var pixels: [UInt8] = []
      for label in labels {
        let (width, height) = (2 + 2 * Int(label), 22 - 2 * Int(label))
        for offset in 0..<784 {
          noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let (y, x) = offset.quotientAndRemainder(dividingBy: 28)
          let isInk = abs(2 * x - 27) < width && abs(2 * y - 27) < height
          pixels.append(change(isInk ? UInt8(255 - noise >> 58) : 0))
        }
      }
      let given = labels.enumerated().map { label($0.offset, $0.element) }
      try save([0x801, count], given, "\(folder)/\(name)-labels-idx1-ubyte")
      try save([0x803, count, 28, 28], pixels, "\(folder)/\(name)-images-idx3-ubyte")
    }
  }

  private static func save(_ header: [Int], _ bytes: [UInt8], _ path: String) throws {
    let numbers = header.flatMap { number in
      [24, 16, 8, 0].map { UInt8(number >> $0 & 255) }
    }
    try Data(numbers + bytes).write(to: URL(fileURLWithPath: path))
  }
}
