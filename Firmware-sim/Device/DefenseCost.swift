import Int8Runtime

/// What a defense takes: bytes of RAM, and instructions for each picture.
///
/// The factors are instructions a turn of the defense's inner loop, counted in the Cortex-M4 code that
/// the compiler makes of the runtime with `-Osize` (`llvm-objdump -d`); calls and set-up are left out.
public struct DefenseCost: Sendable {
  /// RAM beside the arena, on the stack and off it.
  public let ramBytes: Int
  /// Instructions a picture, beside those of the classification.
  public let instructions: Int

  /// The cost of `defenses` together, when so many pairs of inputs are active and one classification
  /// takes `classification` instructions.
  public init(_ defenses: Defenses, _ geometry: Geometry, pairs: Int, classification: Int) {
    let inputs = geometry.contract.inputs
    let stages = 3 + 2 * geometry.hidden / 8 + classCount
    var once = 0
    var ram = 0
    if defenses.contains(.bounds) {
      once += 4 * (inputs + geometry.hidden) + 12 * (geometry.hidden + classCount)
      ram += 4
    }
    if defenses.contains(.ranges) {
      once += 10 * pairs + 30 * geometry.hidden
    }
    if defenses.contains(.checksums) {
      // Features and activations twice, the list twice, the picture once after its reception.
      once += DefenseCost.wordSum(2 * inputs + 2 * geometry.hidden + 4 * pairs + 2 * pictureBytes)
      ram += 36
    }
    if defenses.contains(.tokens) {
      once += 12 * stages
      ram += 4
    }
    var all = once
    if defenses.contains(.duplicate) {
      all += once + classification + 2 * 5 * pictureBytes + 5 * classCount
      ram += pictureBytes + 40
    }
    if defenses.contains(.canaries) {
      all += 5 * 2 * Canary.bytes / 4
      ram += 2 * Canary.bytes
    }
    ramBytes = ram
    instructions = all
  }

  /// A turn is one word: load, add, add, compare, branch.
  private static func wordSum(_ bytes: Int) -> Int { 5 * bytes / 4 }
}
