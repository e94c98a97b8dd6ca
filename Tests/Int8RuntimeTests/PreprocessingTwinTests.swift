import Int8Runtime
import Network
import SIMDMath
import Testing

@testable import Int8Runtime

/// Preprocessing pixel by pixel, with none of the tricks of the fast one: no packed words, no rows or
/// columns left out. Only ``DeskewTransform``, which is plain already, is shared.
private struct PlainPreprocessing {
  let picture: [UInt8]
  let inputSpec: InputSpec

  private func pixel(_ x: Int, _ y: Int) -> Int {
    x >= 0 && x < 28 && y >= 0 && y < 28 ? Int(picture[28 * y + x]) : 0
  }

  private var moments: InkMoments {
    var result = InkMoments([UInt8](repeating: 0, count: pictureBytes).span.bytes)
    for y in 0..<28 {
      for x in 0..<28 {
        let (ink, dx, dy) = (Int32(pixel(x, y)), Int32(x - 14), Int32(y - 14))
        result.mass += ink
        result.x += ink * dx
        result.y += ink * dy
        result.xx += ink * dx * dx
        result.xy += ink * dx * dy
        result.yy += ink * dy * dy
      }
    }
    return result
  }

  /// The pixel at x, y of the picture, deskewed or moved.
  private func sample(_ x: Int, _ y: Int, _ transform: DeskewTransform) -> Int {
    if !inputSpec.deskew {
      return pixel(
        x + (Int(transform.centerX) + 128) >> 8 - 14, y + (Int(transform.centerY) + 128) >> 8 - 14)
    }
    let fromCenter = ((2 * y - 27) * Int(transform.stepY)) >> 1
    let sourceY = Int(transform.centerY) + fromCenter
    let sourceX =
      Int(transform.centerX) + (Int(transform.shear) * fromCenter) >> 8
      - (27 * Int(transform.stepX)) >> 1 + x * Int(transform.stepX)
    let (column, row) = (sourceX >> 8, sourceY >> 8)
    let (right, lower) = (sourceX & 255, sourceY & 255)
    func between(_ column: Int) -> Int {
      (pixel(column, row) * (256 - lower) + pixel(column, row + 1) * lower + 128) >> 8
    }
    let ink = (between(column) * (256 - right) + between(column + 1) * right + 128) >> 8
    return ink < 32 ? 0 : ink
  }

  var features: [UInt8] {
    let moments = moments
    if moments.mass == 0 { return [UInt8](repeating: 0, count: inputSpec.inputs) }
    let transform = DeskewTransform(moments)
    let side = inputSpec.side
    return (0..<inputSpec.inputs).map { offset in
      let (x, y) = (offset % side, offset / side)
      if side == 28 { return UInt8(sample(x, y, transform)) }
      let (left, top) = (14 - side + 2 * x, 14 - side + 2 * y)
      var sum = 2
      for (column, row) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        sum += sample(left + column, top + row, transform)
      }
      return UInt8(sum >> 2)
    }
  }
}

@Suite("Preprocessing and its plain twin")
struct PreprocessingTwinTests {
  /// Noise of many densities, strokes, single pixels, full pictures.
  private static let pictures: [[UInt8]] = {
    var random = Random(seed: 28)
    var result = [
      [UInt8](repeating: 0, count: pictureBytes), [UInt8](repeating: 255, count: pictureBytes),
    ]
    for corner in [0, 27, 756, 783, 406] {
      var single = [UInt8](repeating: 0, count: pictureBytes)
      single[corner] = 200
      result.append(single)
    }
    for density in 1...60 {
      result.append(
        (0..<pictureBytes).map { _ in
          Int.random(in: 0..<60, using: &random) < density ? .random(in: 0...255) : 0
        })
    }
    for _ in 0..<100 {
      var strokes = [UInt8](repeating: 0, count: pictureBytes)
      for _ in 0..<Int.random(in: 1...3) {
        let (x, y) = (Double.random(in: 3...24), Double.random(in: 3...24))
        let (dx, dy) = (Double.random(in: -1...1), Double.random(in: -1...1))
        for step in 0..<40 {
          let (column, row) = (Int(x + Double(step) * dx / 3), Int(y + Double(step) * dy / 3))
          if (0..<28).contains(column) && (0..<28).contains(row) {
            strokes[28 * row + column] = .random(in: 1...255)
          }
        }
      }
      result.append(strokes)
    }
    return result
  }()

  @Test(
    "gives the same features, bit for bit",
    arguments: [28, 14, 12, 10], [true, false])
  func same(side: Int, deskew: Bool) {
    let inputSpec = InputSpec(side: side, deskew: deskew)
    for picture in PreprocessingTwinTests.pictures {
      #expect(
        preprocessed(picture, by: inputSpec)
          == PlainPreprocessing(picture: picture, inputSpec: inputSpec).features)
    }
  }

  @Test("moments are the same by words, as devices sum them, and by wide vectors")
  func moments() {
    for picture in PreprocessingTwinTests.pictures {
      let bytes = picture.span.bytes
      #expect(InkMoments(byWords: bytes) == InkMoments(bytes))
    }
  }

  @Test("rows are the same sampled by words, as devices do, and by wide vectors")
  func rows() throws {
    var random = Random(seed: 29)
    for picture in PreprocessingTwinTests.pictures.dropFirst() {
      for _ in 0..<50 {
        var transform = DeskewTransform(InkMoments(picture.span.bytes))
        transform.centerX = .random(in: -2000...9000, using: &random)
        transform.centerY = .random(in: -2000...9000, using: &random)
        transform.shear = .random(in: -512...512, using: &random)
        transform.stepX = .random(in: 160...427, using: &random)
        let fromCenter = Int32.random(in: -6000...6000, using: &random)
        var packed = [UInt8](repeating: 0, count: 28)
        var wide = packed
        var words = PackedRows()
        var span = packed.mutableSpan
        var bytes = span.mutableBytes
        words.sample(transform, fromCenter, of: picture.span.bytes, to: &bytes, at: 0)
        var wideSpan = wide.mutableSpan
        var wideBytes = wideSpan.mutableBytes
        WideRows().sample(
          transform, fromCenter, of: picture.span.bytes, to: &wideBytes, at: 0)
        #expect(packed == wide)
      }
    }
  }
}
