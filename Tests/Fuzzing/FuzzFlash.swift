import Int8Runtime

/// A model image as it comes and, because no fuzzer guesses a checksum or a length to the byte, once more
/// with both made right. What opens must test itself and classify any picture without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if tryOut(bytes) || count < Header.bytes { return 0 }
  if let length = length(bytes), length <= longest {
    let last = bytes[count - 1]
    if length < count { bytes.removeLast(count - length) }
    bytes += repeatElement(last, count: length - bytes.count)
  }
  put(Header.magicValue, in: &bytes, at: Header.magic)
  put(UInt32(Header.versionValue) | UInt32(Header.bytes) << 16, in: &bytes, at: Header.version)
  put(UInt32(bytes.count), in: &bytes, at: Header.imageBytes)
  put(checksum(bytes[Header.bytes...]), in: &bytes, at: Header.payloadChecksum)
  put(checksum(bytes[..<Header.headerChecksum]), in: &bytes, at: Header.headerChecksum)
  _ = tryOut(bytes)
  return 0
}

/// Images of 16 units on 12x12 pixels with a table have 3,552 bytes.
private let longest = 3_600

/// The length that belongs to the model shape in the header, if the runtime knows the model shape.
private func length(_ bytes: [UInt8]) -> Int? {
  guard let activation = ActivationKind(rawValue: bytes[Header.activation]) else { return nil }
  let shape = ModelShape(
    inputSpec: InputSpec(
      side: Int(bytes[Header.side]), deskew: bytes[Header.preprocessing] == 1),
    hidden: Int(bytes[Header.hidden]) | Int(bytes[Header.hidden + 1]) << 8,
    classes: Int(bytes[Header.classes]) | Int(bytes[Header.classes + 1]) << 8,
    activation: activation)
  let names = Int(bytes[Header.nameBytes]) | Int(bytes[Header.nameBytes + 1]) << 8
  return shape.isValid ? ModelImageLayout(shape, nameBytes: names).total : nil
}

/// Whether the bytes open.
private func tryOut(_ bytes: [UInt8]) -> Bool {
  guard let image = try? ModelImage(bytes.span.bytes) else { return false }
  var arena = [UInt8](repeating: 0x55, count: ArenaLayout(image.shape).total)
  var span = arena.mutableSpan
  var memory = span.mutableBytes
  try? image.selfTest(&memory)
  // One image in eight reads its own last bytes as a picture, and another one nothing but ink.
  let fill = image.bytes.byteCount > 784 ? image.byte(Header.seed) & 7 : 7
  guard fill < 2 else { return true }
  for i in 0..<784 {
    let pixel = fill == 0 ? 255 : image.byte(image.bytes.byteCount - 784 + i)
    memory.storeBytes(of: pixel, toByteOffset: i, as: UInt8.self)
  }
  precondition((0..<image.shape.classes).contains(image.classify(&memory).argmax))
  return true
}

private func put(_ value: UInt32, in bytes: inout [UInt8], at offset: Int) {
  for i in 0..<4 { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(i))) }
}

/// The runtime's CRC-32 four bytes at a time: its own goes by half a byte, to fit a chip, and would take
/// most of the time here.
private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  bytes.withUnsafeBytes { bytes in
    var crc: UInt32 = ~0
    for offset in stride(from: 0, to: bytes.count & ~3, by: 4) {
      crc ^= bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      crc =
        tables[768 | Int(crc & 255)] ^ tables[512 | Int(crc >> 8 & 255)]
        ^ tables[256 | Int(crc >> 16 & 255)] ^ tables[Int(crc >> 24)]
    }
    for byte in bytes[(bytes.count & ~3)...] {
      crc = crc >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: crc) ^ byte)]
    }
    return ~crc
  }
}

/// What a byte leaves behind itself and, in the three tables that follow, one, two and three zero bytes.
private let tables: [UInt32] = {
  var tables = (0..<256 as Range<UInt32>).map { byte in
    (0..<8).reduce(byte) { crc, _ in crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
  }
  for offset in 256..<1024 {
    let before = tables[offset - 256]
    tables.append(before >> 8 ^ tables[Int(before & 255)])
  }
  return tables
}()
