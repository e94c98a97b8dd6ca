/// Colors as the gray they look like: 0.299 red, 0.587 green, 0.114 blue.
enum Gray {
  /// The gray that red, green and blue look like.
  static func of(_ colors: [UInt8]) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: colors.count / 3)
    for i in result.indices {
      result[i] = of(colors[3 * i], colors[3 * i + 1], colors[3 * i + 2])
    }
    return result
  }

  static func of(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let sum: Int = 299 * Int(red) + 587 * Int(green) + 114 * Int(blue)
    return UInt8((sum + 500) / 1000)
  }
}
