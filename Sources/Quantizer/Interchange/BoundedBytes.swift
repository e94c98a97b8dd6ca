/// The bytes of a stranger's file: whatever it says about itself, nothing outside of them is read.
struct BoundedBytes: Sendable {
  /// All of them.
  let bytes: [UInt8]

  /// How many there are.
  var count: Int { bytes.count }

  /// The little-endian number at an offset.
  func number<T: FixedWidthInteger & UnsignedInteger>(
    at offset: Int, as type: T.Type
  ) throws(InterchangeError) -> T {
    let width = T.bitWidth / 8
    guard offset >= 0, offset <= bytes.count - width else {
      throw .damaged("it ends before what it refers to")
    }
    var value: T = 0
    for i in 0..<width { value |= T(bytes[offset + i]) << T(8 * i) }
    return value
  }

  /// A UInt16 as an Int.
  func short(at offset: Int) throws(InterchangeError) -> Int {
    Int(try number(at: offset, as: UInt16.self))
  }

  /// A UInt32 as an Int.
  func word(at offset: Int) throws(InterchangeError) -> Int {
    Int(try number(at: offset, as: UInt32.self))
  }

  /// A part that lies inside.
  func slice(at offset: Int, count length: Int) throws(InterchangeError) -> ArraySlice<UInt8> {
    guard offset >= 0, length >= 0, offset <= bytes.count, length <= bytes.count - offset else {
      throw .damaged("it ends before what it refers to")
    }
    return bytes[offset..<offset + length]
  }
}

extension [UInt8] {
  /// Appends a little-endian number.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    for i in 0..<value.bitWidth / 8 { append(UInt8(truncatingIfNeeded: value >> (8 * i))) }
  }

  /// Appends Floats, little-endian.
  mutating func append(littleEndian values: [Float]) {
    reserveCapacity(count + 4 * values.count)
    for value in values { append(littleEndian: value.bitPattern) }
  }
}
