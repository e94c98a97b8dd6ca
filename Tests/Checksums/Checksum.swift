import Int8Runtime
import Network
import SIMDMath

/// What a kernel gave for fixed inputs, to the bit, in one number. The test computes the same list on its
/// own processor and, as bare metal, on another.
package struct Checksum: Sendable {
  /// What was computed.
  package let name: StaticString
  /// CRC-32 of the results' bits.
  package let value: UInt32

  /// Computes a checksum.
  init(_ name: StaticString, _ compute: (inout Digest) -> Void) {
    var digest = Digest()
    compute(&digest)
    self.name = name
    value = digest.value
  }

  /// All of them, in one order everywhere.
  package static func all() -> [Checksum] {
    functions() + hiddenLayer() + outputLayer() + drawing()
  }
}

/// Takes in bytes and becomes their CRC-32.
struct Digest {
  private(set) var value: UInt32 = 0

  mutating func add(_ vectors: [Vector]) { value = unsafe crc32(vectors.span.bytes, after: value) }

  mutating func add(_ numbers: [Float]) { value = unsafe crc32(numbers.span.bytes, after: value) }

  mutating func add(_ bytes: [UInt8]) { value = unsafe crc32(bytes.span.bytes, after: value) }
}

extension Random {
  /// Vectors of numbers in -range ..< range.
  mutating func vectors(_ count: Int, range: Float) -> [Vector] {
    var vectors: [Vector] = []
    for _ in 0..<count {
      var vector = Vector()
      for lane in 0..<16 { vector[lane] = symmetric() * range }
      vectors.append(vector)
    }
    return vectors
  }

  /// A positive number of any size and any bits: a tenth of them subnormal.
  mutating func positive() -> Float {
    let bits = UInt32(truncatingIfNeeded: next() &>> 33)
    let number = Float(bitPattern: below(10) == 0 ? bits & 0x007F_FFFF : bits)
    return number.isFinite ? number : 1
  }
}
