/// A gray picture of any size.
package struct Picture: Sendable, Equatable {
  /// Columns, in pixels.
  package let width: Int
  /// Rows, in pixels.
  package let height: Int
  /// Row-major brightness, 0 (black) ... 255 (white); `width * height` of them.
  package var pixels: [UInt8]

  /// A picture of the given pixels.
  ///
  /// - Precondition: `pixels.count == width * height`.
  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height, "a picture has width * height pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
