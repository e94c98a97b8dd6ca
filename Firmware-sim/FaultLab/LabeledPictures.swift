import Int8Runtime

/// Pictures that trials have a device read, and what each of them shows.
package struct LabeledPictures: Sendable {
  /// 784 bytes for each label, row-major, 0...255.
  package let pixels: [UInt8]
  /// The classes, by their numbers.
  package let labels: [UInt8]

  /// How many there are.
  package var count: Int { labels.count }

  /// - Precondition: there are 784 pixels for each label.
  package init(pixels: [UInt8], labels: [UInt8]) {
    precondition(pixels.count == pictureBytes * labels.count, "a picture has 784 pixels")
    self.pixels = pixels
    self.labels = labels
  }
}
