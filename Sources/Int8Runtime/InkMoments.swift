/// How the ink of a 28x28 picture lies: its mass and its moments about pixel (14, 14), exact.
///
/// Coordinates are at most 14 and mass at most 784 · 255 < 2¹⁸, so every sum fits 32 bits.
struct InkMoments {
  /// Where the moments are taken about.
  static let origin: Int32 = 14

  var mass: Int32 = 0
  var x: Int32 = 0
  var y: Int32 = 0
  var xx: Int32 = 0
  var xy: Int32 = 0
  var yy: Int32 = 0

  init(_ picture: RawSpan) {
    for row in 0..<pictureSide {
      var rowMass: Int32 = 0
      var rowX: Int32 = 0
      var rowXX: Int32 = 0
      for quad in 0..<pictureSide / 4 {
        let start = row &* pictureSide &+ quad &* 4
        if picture.load(start, as: UInt32.self) == 0 { continue }
        for column in 0..<4 {
          let ink = Int32(picture.load(start &+ column, as: UInt8.self))
          let dx = Int32(truncatingIfNeeded: quad &* 4 &+ column) &- InkMoments.origin
          rowMass &+= ink
          rowX &+= ink &* dx
          rowXX &+= ink &* dx &* dx
        }
      }
      let dy = Int32(truncatingIfNeeded: row) &- InkMoments.origin
      mass &+= rowMass
      x &+= rowX
      xx &+= rowXX
      y &+= rowMass &* dy
      xy &+= rowX &* dy
      yy &+= rowMass &* dy &* dy
    }
  }
}
