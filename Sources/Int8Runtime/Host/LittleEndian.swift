#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  // Numbers in the bytes of files and frames, the lowest byte first. Firmware only reads them, a word at a
  // time.

  extension [UInt8] {
    /// Writes a number over as many bytes as it has, from `offset` on.
    @inlinable
    package mutating func put(_ value: some FixedWidthInteger, at offset: Int) {
      for i in 0..<value.bitWidth / 8 {
        self[offset + i] = UInt8(truncatingIfNeeded: value >> (8 * i))
      }
    }

    /// Appends the bytes of a number.
    @inlinable
    package mutating func append(littleEndian value: some FixedWidthInteger) {
      for i in 0..<value.bitWidth / 8 { append(UInt8(truncatingIfNeeded: value >> (8 * i))) }
    }

    /// Writes a model image's checksums: of what is behind its header, and of the header.
    package mutating func sealModelImage() {
      let payload = unsafe crc32(span.bytes.extracting(Header.bytes..<count))
      put(payload, at: Header.payloadChecksum)
      let header = unsafe crc32(span.bytes.extracting(0..<Header.headerChecksum))
      put(header, at: Header.headerChecksum)
    }
  }

  extension RawSpan {
    /// The 32-bit number at an offset, which must lie inside with its four bytes.
    package func littleEndianWord(at offset: Int) -> UInt32 {
      UInt32(littleEndian: load(offset, as: UInt32.self))
    }
  }
#endif
