/// The connected pieces of a mask, whose pixels touch at sides or corners.
struct Components {
  /// Pixels that touch one another.
  struct Piece {
    /// Its pixels' count.
    var area = 0
    /// The smallest box around it.
    var box = PixelBox.none
  }

  /// The pieces, in the order of their first pixels, row by row.
  private(set) var all: [Piece] = []
  /// The number of each pixel's piece, -1 outside the mask.
  private(set) var numbers: [Int32]
  /// The pixels of the mask.
  let total: Int

  /// - Complexity: O(pixels).
  init(_ mask: [Bool], width w: Int, height h: Int) {
    total = mask.count { $0 }
    numbers = [Int32](repeating: -1, count: w * h)
    var stack: [Int] = []
    for start in mask.indices where mask[start] && numbers[start] < 0 {
      let number = Int32(all.count)
      var piece = Piece()
      numbers[start] = number
      stack.append(start)
      while let i = stack.popLast() {
        let (y, x) = i.quotientAndRemainder(dividingBy: w)
        piece.area += 1
        piece.box.include(x, y)
        for row in max(0, y - 1)...min(h - 1, y + 1) {
          for column in max(0, x - 1)...min(w - 1, x + 1) {
            let next = row * w + column
            guard mask[next], numbers[next] < 0 else { continue }
            numbers[next] = number
            stack.append(next)
          }
        }
      }
      all.append(piece)
    }
  }
}
