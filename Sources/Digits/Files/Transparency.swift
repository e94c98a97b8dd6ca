/// Pictures that are transparent where nothing is drawn.
enum Transparency {
  /// Gray on white, as a page shows it; on black where the ink is so light that white would hide it.
  ///
  /// - Parameter samples: of each pixel, gray (`depth` 2) or red, green and blue (4), and then how opaque
  ///   it is.
  static func flattened(_ samples: [UInt8], depth: Int) -> [UInt8] {
    let count = samples.count / depth
    var gray = [UInt8](repeating: 0, count: count)
    // How many pixels stand out from white by how much, and from black.
    var onWhite = [Int](repeating: 0, count: 256)
    var drawn = 0
    for i in 0..<count {
      let j = i * depth
      gray[i] = depth == 2 ? samples[j] : Gray.of(samples[j], samples[j + 1], samples[j + 2])
      let opacity = samples[j + depth - 1]
      if opacity > 127 { drawn += 1 }
      onWhite[(255 - Int(gray[i])) * Int(opacity) / 255] += 1
    }
    let visible = onWhite[40...].reduce(0, +)
    let page = drawn < count && 20 * visible < drawn ? 0 : 255
    for i in 0..<count {
      let opacity = Int(samples[i * depth + depth - 1])
      gray[i] = UInt8((Int(gray[i]) * opacity + page * (255 - opacity) + 127) / 255)
    }
    return gray
  }
}

extension Picture {
  /// A picture of red, green, blue and opaqueness, four bytes a pixel, as gray on a page.
  package init(width: Int, height: Int, rgba: [UInt8]) {
    self.init(width: width, height: height, pixels: Transparency.flattened(rgba, depth: 4))
  }
}
