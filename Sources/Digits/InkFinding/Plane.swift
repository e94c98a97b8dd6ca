/// A picture of floats, row-major.
struct Plane {
  let width: Int
  let height: Int
  var values: [Float]

  /// A plane of zeros.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    values = [Float](repeating: 0, count: width * height)
  }

  /// The value in a column and a row.
  subscript(x: Int, y: Int) -> Float {
    get { values[y * width + x] }
    set { values[y * width + x] = newValue }
  }

  /// Part of a picture, each value the mean of the pixels it covers, at most `limit` on its long side.
  init(_ picture: Picture, in box: PixelBox, limit: Int) {
    let long = max(box.width, box.height)
    let w = long <= limit ? box.width : max(1, box.width * limit / long)
    let h = long <= limit ? box.height : max(1, box.height * limit / long)
    self.init(width: w, height: h)
    // The first source column of every column, and the one after the last.
    let columns = (0...w).map { box.left + box.width * $0 / w }
    let pixels = picture.pixels.span
    for y in 0..<h {
      let top = box.top + box.height * y / h
      let bottom = box.top + box.height * (y + 1) / h
      for row in top..<bottom {
        let line = pixels.extracting(row * picture.width..<(row + 1) * picture.width)
        for x in 0..<w {
          var sum: Int32 = 0
          for i in columns[x]..<columns[x + 1] { sum &+= Int32(line[i]) }
          values[y * w + x] += Float(sum)
        }
      }
      for x in 0..<w {
        values[y * w + x] /= Float((bottom - top) * (columns[x + 1] - columns[x]))
      }
    }
  }

  /// Where a pixel's middle is, -1...1 in both directions.
  func coordinates(_ x: Int, _ y: Int) -> (x: Double, y: Double) {
    (2 * (Double(x) + 0.5) / Double(width) - 1, 2 * (Double(y) + 0.5) / Double(height) - 1)
  }

  /// About 8,192 indices, spread evenly.
  var sample: [Int] {
    Array(stride(from: 0, to: values.count, by: max(1, values.count / 8192) | 1))
  }

  /// The standard deviation of the noise from pixel to pixel, by the middle difference of neighbors,
  /// which edges hardly change.
  var grain: Float {
    var steps: [Float] = []
    for i in sample where i % width + 1 < width { steps.append(abs(values[i + 1] - values[i])) }
    return 1.4826 / 1.4142 * median(steps)
  }

  /// How alike neighbors are: the correlation of pixels side by side and one above the other. Noise has
  /// about 0; of MNIST's digits, brought to 8x8, one in twenty has less than 0.3.
  var coherence: Float {
    let mean = values.reduce(0, +) / Float(values.count)
    var (variance, across, down): (Float, Float, Float) = (0, 0, 0)
    for y in 0..<height {
      for x in 0..<width {
        let here = self[x, y] - mean
        variance += here * here
        if x + 1 < width { across += here * (self[x + 1, y] - mean) }
        if y + 1 < height { down += here * (self[x, y + 1] - mean) }
      }
    }
    guard variance > 0, width > 1, height > 1 else { return 1 }
    let count = Float(values.count)
    let pairs = (Float((width - 1) * height), Float(width * (height - 1)))
    return (across / pairs.0 + down / pairs.1) * 0.5 * count / variance
  }

  /// Part of the plane.
  func cropped(to box: PixelBox) -> Plane {
    var result = Plane(width: box.width, height: box.height)
    for y in 0..<box.height {
      for x in 0..<box.width { result[x, y] = self[box.left + x, box.top + y] }
    }
    return result
  }
}
