/// How a writer writes: the middle and the spread of everything that varies from sample to sample.
///
/// Lengths are in parts of the height of the digit where nothing else is said; a spread is a standard
/// deviation. The defaults were set by comparing ink, slant and proportions with the MNIST training
/// digits.
struct Style {
  /// How far control points stray, each on its own.
  var jitter: Float = 0.038
  /// Width of the box in parts of its height.
  var aspect: Float = 0.72
  /// Spread of the logarithm of the aspect.
  var spread: Float = 0.26
  /// Shear to the right: columns for each row up.
  var slant: Float = 0.25
  /// Spread of the slant.
  var slantSpread: Float = 0.28
  /// Half the stroke's width, in pixels of the finished digit.
  var width: Float = 1.28
  /// Spread of the logarithm of the width.
  var widthSpread: Float = 0.28
  /// Spread of the width along the stroke.
  var pressure: Float = 0.12
  /// Strength of the smooth warp of the plane.
  var warp: Float = 0.06
  /// Whether it is learned at other schools than those of MNIST's writers, or is a printer's: 0 or 1.
  var foreign: Float = 0

  /// Spread of the logarithm of a sample's sloppiness, which multiplies its jitter.
  static let sloppiness: Float = 0.4
  /// How far whole strokes stray.
  static let strokeJitter: Float = 0.03
  /// By how much a stroke is longer or shorter at its ends, in parts of its last piece.
  static let ends: Float = 0.12
  /// Spread of the rotation, in radians: 7 degrees.
  static let rotation: Float = 0.122_173

  /// Sets an option by its name in the text of the allographs; false if there is none of that name.
  mutating func set(_ name: Substring, to value: Float) -> Bool {
    switch name {
    case "jitter": jitter = value
    case "aspect": aspect = value
    case "spread": spread = value
    case "slant": slant = value
    case "slantSpread": slantSpread = value
    case "width": width = value
    case "widthSpread": widthSpread = value
    case "pressure": pressure = value
    case "warp": warp = value
    case "foreign": foreign = value
    default: return false
    }
    return true
  }
}
