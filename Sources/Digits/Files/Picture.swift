/// A gray picture of any size.
public struct Picture: Sendable, Equatable {
  /// Columns, in pixels.
  public let width: Int
  /// Rows, in pixels.
  public let height: Int
  /// Row-major brightness, 0 (black) ... 255 (white); `width * height` of them.
  public var pixels: [UInt8]

  /// A picture of the given pixels.
  ///
  /// - Precondition: `pixels.count == width * height`.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height, "a picture has width * height pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
