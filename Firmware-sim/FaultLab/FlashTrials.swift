import Device
import Int8Runtime
import SIMDMath

/// Damages flash, before the device boots or while it runs.
package struct FlashTrials: Sendable {
  private let image: [UInt8]

  /// Trials with an image that opens.
  package init(_ image: [UInt8]) { self.image = image }

  /// How flash can be damaged.
  package enum Damage: Sendable, Equatable {
    /// So many bits, anywhere.
    case bits(Int)
    /// So many bits in a row, each flipped or not, the first and the last of them flipped.
    case burst(Int)
    /// So many bytes in a row that read as one value.
    case stuck(Int, UInt8)
  }

  /// How many damaged images were refused at boot, of how many that differed from the good one.
  package struct Tally: Sendable, Equatable {
    /// Images that differ.
    package var tried = 0
    /// Of them, refused.
    package var refused = 0
  }

  /// Flips every single bit of the image, or `limit` of them evenly spread, and boots.
  package func everyBit(limit: Int = .max, progress: (Int, Int) -> Void = { _, _ in }) -> Tally {
    var bytes = image
    var tally = Tally()
    let count = min(limit, 8 * image.count)
    for index in 0..<count {
      let bit = 8 * image.count * index / count
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      tally.tried += 1
      if FlashTrials.refusal(bytes) != nil { tally.refused += 1 }
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      progress(index, count)
    }
    return tally
  }

  /// Boots `count` images with random damage of a kind.
  package func boot(_ damage: Damage, count: Int, seed: UInt64) -> Tally {
    var tally = Tally()
    for index in 0..<count {
      var random = Random(seed: seed, stream: 0x464C_4153, index: UInt64(index))
      let bytes = damaged(damage, &random)
      // Stuck bytes may have been what they are stuck at.
      if bytes == image { continue }
      tally.tried += 1
      if FlashTrials.refusal(bytes) != nil { tally.refused += 1 }
    }
    return tally
  }

  /// The image with random damage.
  package func damaged(_ damage: Damage, _ random: inout Random) -> [UInt8] {
    var bytes = image
    switch damage {
    case .bits(let count):
      for _ in 0..<count {
        let bit = random.below(8 * bytes.count)
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      }
    case .burst(let length):
      let start = random.below(8 * bytes.count - length)
      for bit in 0..<length where bit == 0 || bit == length - 1 || random.below(2) == 1 {
        bytes[(start + bit) / 8] ^= 1 << UInt8((start + bit) % 8)
      }
    case .stuck(let count, let value):
      let start = random.below(bytes.count - count)
      for i in 0..<count { bytes[start + i] = value }
    }
    return bytes
  }

  /// Why an image is not booted.
  package static func refusal(_ bytes: [UInt8]) -> ModelImageError? {
    do throws(ModelImageError) {
      _ = try unsafe ModelImage(bytes.span.bytes)
      return nil
    } catch { return error }
  }
}
