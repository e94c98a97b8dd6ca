import Builtin

/// How a picture is deskewed: where its center of mass is, how much each row is shifted, and how
/// far apart the samples lie. Positions and factors are in Q8: 256 is one pixel, or one.
///
/// A digit leans by cov(x, y) / var(y) pixels a row; taking that away row by row makes its strokes
/// stand. Then its height is scaled to a standard deviation of 5.3 pixels and its width half-way, on
/// a logarithmic scale, to one of 3.6, each by a factor of 0.6 ... 1.6 at most.
struct DeskewTransform {
  /// Center of mass.
  var centerX: Int32
  var centerY: Int32
  /// How far x moves for a step of one in y.
  var shear: Int32 = 0
  /// Distance of neighboring samples.
  var stepX: Int32 = 256
  var stepY: Int32 = 256

  /// From moments with a mass above zero.
  init(_ moments: InkMoments) {
    let mass = moments.mass
    // Moments about the pixel a, b next to the center keep every product within 32 bits; what is
    // left to the center is corrected with the remainder in Q8.
    let a = unsafe quotient(moments.x, mass)
    let b = unsafe quotient(moments.y, mass)
    let restX = moments.x &- a &* mass
    let restY = moments.y &- b &* mass
    let deltaX = unsafe quotient(restX &<< 8, mass)
    let deltaY = unsafe quotient(restY &<< 8, mass)
    centerX = (InkMoments.origin &+ a) &<< 8 &+ deltaX
    centerY = (InkMoments.origin &+ b) &<< 8 &+ deltaY
    var xx = moments.xx &- 2 &* a &* moments.x &+ a &* a &* mass &- (deltaX &* restX) &>> 8
    var xy = moments.xy &- a &* moments.y &- b &* moments.x &+ a &* b &* mass
    xy &-= (deltaX &* restY) &>> 8
    var yy = moments.yy &- 2 &* b &* moments.y &+ b &* b &* mass &- (deltaY &* restY) &>> 8
    var weight = mass
    while xx >= 1 &<< 22 || yy >= 1 &<< 22 {
      xx &>>= 1
      xy &>>= 1
      yy &>>= 1
      weight &>>= 1
    }
    guard yy &* 2 > weight else { return }  // Hardly higher than a pixel: no upright to find.
    // Above zero: twice it is above the weight, which is a mass shifted.
    shear = unsafe DeskewTransform.bounded(quotient(xy &<< 8, yy), -512, 512)
    stepY = DeskewTransform.bounded(DeskewTransform.deviation(yy, weight) &* 10 / 53, 160, 427)
    let across = DeskewTransform.deviation(xx &- (shear &* xy) &>> 8, weight)
    stepX = Int32(bitPattern: integerSquareRoot(UInt32(bitPattern: across &* 2560 / 36)))
    stepX = DeskewTransform.bounded(stepX, 160, 427)
  }

  /// The standard deviation in Q8 of a second moment below 2²² and its mass.
  private static func deviation(_ moment: Int32, _ mass: Int32) -> Int32 {
    // Above zero: a moment is at most 196 times its mass, and is halved no farther than to 2²¹.
    let variance = unsafe quotient(bounded(moment, 0, 1 &<< 22) &<< 8, mass)
    return Int32(bitPattern: integerSquareRoot(UInt32(bitPattern: variance &<< 8)))
  }

  private static func bounded(_ value: Int32, _ low: Int32, _ high: Int32) -> Int32 {
    value < low ? low : value > high ? high : value
  }
}

/// A quotient, rounded towards zero, whose divisor is above zero: there is no case to trap in, as `/` does.
@inline(__always) @unsafe
private func quotient(_ dividend: Int32, _ divisor: Int32) -> Int32 {
  Int32(Builtin.sdiv_Int32(dividend._value, divisor._value))
}
