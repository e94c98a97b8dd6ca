import Int8Runtime

/// What a defense takes: bytes of RAM, and instructions for each picture.
///
/// The factors are instructions a turn of the defense's inner loop, counted in the Cortex-M4 code that
/// the compiler makes of the runtime with `-Osize` (`llvm-objdump -d`); calls and set-up are left out.
package struct DefenseCost: Sendable {
  /// RAM beside the arena, on the stack and off it.
  package let ramBytes: Int
  /// Instructions a picture, beside those of the classification.
  package let instructions: Int

  /// Bytes of Cortex-M4 code, linked with `-Osize` and without what is never called, beyond those of
  /// opening an image and classifying with it. Which defenses are on is chosen at run time.
  package static let code: [(name: String, bytes: Int)] = [
    ("guarded classification, all defenses", 3768), ("stage tokens alone", 256),
    ("canaries alone", 84), ("flash patrol", 272), ("frame decoder", 660),
    ("choosing a slot at boot", 572), ("the same and updating a slot", 1094),
  ]

  /// The cost of `defenses` together, when so many pairs of inputs are active and one classification
  /// takes `classification` instructions.
  package init(_ defenses: Defenses, _ geometry: Geometry, pairs: Int, classification: Int) {
    let inputs = geometry.contract.inputs
    let hidden = geometry.hidden
    // A list holds 97 or 98 pairs; sums are checked after each.
    let lists = max(1, (pairs + 96) / 97)
    var once = 0
    var ram = 0
    if defenses.contains(.bounds) {
      once += 4 * (inputs + hidden) + 24 * (lists * hidden + classCount)
      ram += 4
    }
    if defenses.contains(.ranges) {
      once += 25 * pairs + 46 * lists * hidden
      ram += 4
    }
    if defenses.contains(.checksums) {
      // Features, activations and lists twice, sums twice for each list, the picture once received.
      let bytes = 2 * inputs + 2 * hidden + 16 * pairs + 8 * lists * hidden + 2 * pictureBytes
      once += DefenseCost.wordSum(bytes)
      ram += 44
    }
    if defenses.contains(.tokens) {
      once += 14 * inputs / 4 + 24 * 2 * (3 + 2 * lists + classCount)
      ram += 12
    }
    var all = once
    if defenses.contains(.duplicate) {
      all += once + classification + 2 * 6 * pictureBytes / 4 + 3 * classCount
      ram += pictureBytes + 40
    }
    if defenses.contains(.canaries) {
      all += 9 * 2 * Canary.bytes / 4
      ram += 2 * Canary.bytes
    }
    ramBytes = ram
    instructions = all
  }

  /// A turn is one word: load, step, compare, add, add, branch.
  private static func wordSum(_ bytes: Int) -> Int { 6 * bytes / 4 }

  /// Instructions of the flash patrol, and of the CRC at boot, for so many bytes: a turn of ten is one.
  package static func crc(_ bytes: Int) -> Int { 10 * bytes }
}
