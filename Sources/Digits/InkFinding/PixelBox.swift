/// A rectangle of pixels.
package struct PixelBox: Sendable, Equatable {
  /// The first column.
  package var left: Int
  /// The first row.
  package var top: Int
  /// How many columns it has.
  package var width: Int
  /// How many rows it has.
  package var height: Int

  /// No pixel at all.
  static let none = PixelBox(left: 0, top: 0, width: 0, height: 0)

  /// Grows the box to hold a pixel.
  mutating func include(_ x: Int, _ y: Int) {
    guard width > 0 else {
      self = PixelBox(left: x, top: y, width: 1, height: 1)
      return
    }
    let right = max(left + width, x + 1)
    let bottom = max(top + height, y + 1)
    left = min(left, x)
    top = min(top, y)
    width = right - left
    height = bottom - top
  }

  /// The box with this much more on each side, as far as it lies within a picture.
  func grown(by margin: Int, width limitX: Int, height limitY: Int) -> PixelBox {
    let x = max(0, left - margin)
    let y = max(0, top - margin)
    return PixelBox(
      left: x, top: y, width: min(limitX, left + width + margin) - x,
      height: min(limitY, top + height + margin) - y)
  }
}
