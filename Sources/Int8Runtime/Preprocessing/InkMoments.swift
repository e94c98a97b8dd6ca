/// How the ink of a 28x28 picture lies: its mass and its moments about pixel (14, 14), exact.
///
/// Coordinates are at most 14 and mass at most 784 · 255 < 2¹⁸, so every sum fits 32 bits.
struct InkMoments: Equatable {
  /// Where the moments are taken about.
  static let origin: Int32 = 14

  var mass: Int32 = 0
  var x: Int32 = 0
  var y: Int32 = 0
  var xx: Int32 = 0
  var xy: Int32 = 0
  var yy: Int32 = 0

  /// Of a picture of ``pictureBytes``, by words of 32 bits, as devices do it.
  init(byWords picture: RawSpan) {
    for row in 0..<pictureSide {
      var rowMass: Int32 = 0
      var rowX: Int32 = 0
      var rowXX: Int32 = 0
      for quad in 0..<pictureSide / 4 {
        // Inside the picture: 28 rows of 7 words.
        let word = unsafe wordWithin(picture, at: row &* pictureSide &+ quad &* 4)
        if word == 0 { continue }
        // Pixels at dx, dx + 1, dx + 2 and dx + 3.
        let dx = Int32(truncatingIfNeeded: quad &* 4) &- InkMoments.origin
        let second = Int32(bitPattern: word &>> 8 & 0xFF)
        let third = Int32(bitPattern: word &>> 16 & 0xFF)
        let fourth = Int32(bitPattern: word &>> 24)
        let ink = Int32(bitPattern: word & 0xFF) &+ second &+ third &+ fourth
        let once = second &+ 2 &* third &+ 3 &* fourth
        rowMass &+= ink
        rowX &+= dx &* ink &+ once
        rowXX &+= dx &* (dx &* ink &+ 2 &* once) &+ second &+ 4 &* third &+ 9 &* fourth
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
