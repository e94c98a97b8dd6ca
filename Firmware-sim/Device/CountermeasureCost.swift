import Int8Runtime

/// What a countermeasure takes: bytes of RAM, and instructions for each picture.
///
/// The factors are instructions a turn of the countermeasure's inner loop, counted in the Cortex-M4 code that
/// the compiler makes of the runtime with `-Osize` (`llvm-objdump -d`); calls and set-up are left out.
package struct CountermeasureCost: Sendable {
  /// RAM beside the arena, on the stack and off it.
  package let ramBytes: Int
  /// Instructions a picture, beside those of the classification.
  package let instructions: Int

  /// Bytes of Cortex-M4 code, linked with `-Osize` and without what is never called, beyond those of
  /// opening an image and classifying with it; the signature's are those of going step by step, too. Which
  /// countermeasures are on is chosen at run time.
  package static let code: [(name: String, bytes: Int)] = [
    ("guarded classification, all countermeasures", 3160), ("control-flow signature alone", 852),
    ("canaries alone", 116), ("flash scrubber", 200), ("frame decoder", 616),
    ("choosing a slot at boot", 444), ("the same and updating a slot", 1020),
  ]

  /// The cost of `countermeasures` together, when so many pairs of inputs are nonzero and one classification
  /// takes `classification` instructions.
  package init(
    _ countermeasures: Countermeasures, _ shape: ModelShape, pairs: Int, classification: Int
  ) {
    let inputs = shape.inputSpec.inputs
    let (hidden, classes) = (shape.hidden, shape.classes)
    // A list holds 97 or 98 pairs; sums are checked after each.
    let lists = max(1, (pairs + 96) / 97)
    var once = 0
    var ram = 0
    if countermeasures.contains(.bounds) {
      once += 4 * (inputs + hidden) + 24 * (lists * hidden + classes)
      ram += 4
    }
    if countermeasures.contains(.ranges) {
      once += 25 * pairs + 46 * lists * hidden
      ram += 4
    }
    if countermeasures.contains(.checksums) {
      // Features, activations and lists twice, sums twice for each list, the picture once received.
      let bytes = 2 * inputs + 2 * hidden + 16 * pairs + 8 * lists * hidden + 2 * pictureBytes
      once += CountermeasureCost.wordSum(bytes)
      ram += 44
    }
    if countermeasures.contains(.tokens) {
      once += 14 * inputs / 4 + 24 * 2 * (3 + 2 * lists + classes)
      ram += 12
    }
    var all = once
    if countermeasures.contains(.duplicate) {
      all += once + classification + 2 * 6 * pictureBytes / 4 + 3 * classes
      ram += pictureBytes + 4 * classes
    }
    if countermeasures.contains(.canaries) {
      all += 9 * 2 * Canary.bytes / 4
      ram += 2 * Canary.bytes
    }
    ramBytes = ram
    instructions = all
  }

  /// A turn is one word: load, step, compare, add, add, branch.
  private static func wordSum(_ bytes: Int) -> Int { 6 * bytes / 4 }

  /// Instructions of the flash scrubber, and of the CRC at boot, for so many bytes: a turn of ten is one.
  package static func crc(_ bytes: Int) -> Int { 10 * bytes }
}
