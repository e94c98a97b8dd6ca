import Foundation

@testable import Digits

/// What JPEG's lossy step does to a picture (ITU-T T.81, A.3.3 and A.3.4): each block of 8x8 pixels is made a sum of
/// cosines whose weights are rounded to multiples of a table.
struct JPEGBlocks {
  /// The luminance table of T.81, Annex K, row by row.
  private static let table: [Double] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
  ]

  /// The weight of cosine `u` at pixel `x`, orthonormal.
  private static let cosines = (0..<64).map { i in
    let (u, x) = (Double(i / 8), Double(i % 8))
    return cos((2 * x + 1) * u * .pi / 16) * (u == 0 ? 0.5 / 2.0.squareRoot() : 0.5)
  }

  /// How many times the table's steps are taken: 1 is quality 50, 5 is quality 10.
  let coarseness: Double

  func callAsFunction(_ picture: Picture) -> Picture {
    var pixels = picture.pixels
    for top in stride(from: 0, to: picture.height - 7, by: 8) {
      for left in stride(from: 0, to: picture.width - 7, by: 8) {
        let offsets = (0..<64).map { (top + $0 / 8) * picture.width + left + $0 % 8 }
        let block = rounded(offsets.map { Double(pixels[$0]) - 128 })
        for (offset, value) in zip(offsets, block) {
          pixels[offset] = UInt8(min(255, max(0, (value + 128).rounded())))
        }
      }
    }
    return Picture(width: picture.width, height: picture.height, pixels: pixels)
  }

  private func rounded(_ block: [Double]) -> [Double] {
    let c = Self.cosines
    var result = [Double](repeating: 0, count: 64)
    for v in 0..<8 {
      for u in 0..<8 {
        let weight = (0..<64).reduce(0.0) { $0 + block[$1] * c[8 * v + $1 / 8] * c[8 * u + $1 % 8] }
        let step = coarseness * Self.table[8 * v + u]
        let coefficient = (weight / step).rounded() * step
        if coefficient == 0 { continue }
        for i in 0..<64 { result[i] += coefficient * c[8 * v + i / 8] * c[8 * u + i % 8] }
      }
    }
    return result
  }
}
