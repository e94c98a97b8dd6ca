/// Writes a FlatBuffer front to back: a table before what it points to, so that every offset is positive.
///
/// https://flatbuffers.dev/internals
struct FlatBufferWriter {
  private(set) var bytes: [UInt8] = [0, 0, 0, 0]

  /// What a field of a table holds.
  indirect enum Value {
    case byte(UInt8)
    case int(Int32)
    case object(Object)

    /// Bytes that it takes in the table.
    fileprivate var width: Int {
      if case .byte = self { return 1 }
      return 4
    }
  }

  /// What an offset points to.
  indirect enum Object {
    /// A table: its fields by their number in the schema.
    case table([Int: Value])
    /// Tables or other objects.
    case list([Object])
    /// Numbers, as they are in memory, `width` bytes each, the first at a multiple of `alignment`.
    case numbers([UInt8], width: Int, alignment: Int)
    case text(String)
  }

  /// A buffer whose root is `root`.
  ///
  /// - Parameter identifier: four characters that say what it is.
  init(identifier: String, root: Object) {
    bytes += identifier.utf8
    set(UInt32(write(root)), at: 0)
    pad(to: 4)
  }

  /// Where the object begins that was written.
  private mutating func write(_ object: Object) -> Int {
    switch object {
    case .table(let fields): return write(fields)
    case .list(let objects):
      pad(to: 4)
      let start = bytes.count
      bytes.append(littleEndian: UInt32(objects.count))
      bytes += [UInt8](repeating: 0, count: 4 * objects.count)
      for (i, object) in objects.enumerated() { point(from: start + 4 + 4 * i, to: object) }
      return start
    case .numbers(let content, let width, let alignment):
      pad(to: max(4, alignment), before: 4)
      let start = bytes.count
      bytes.append(littleEndian: UInt32(content.count / width))
      bytes += content
      return start
    case .text(let text):
      pad(to: 4)
      let start = bytes.count
      bytes.append(littleEndian: UInt32(text.utf8.count))
      bytes += text.utf8
      bytes.append(0)
      return start
    }
  }

  /// The fields' offsets, then the table: four-byte fields first.
  private mutating func write(_ fields: [Int: Value]) -> Int {
    let slots = (fields.keys.max() ?? -1) + 1
    let ordered = fields.sorted { (-$0.value.width, $0.key) < (-$1.value.width, $1.key) }
    var offsets = [UInt16](repeating: 0, count: slots)
    var length = 4
    for (slot, value) in ordered {
      offsets[slot] = UInt16(length)
      length += value.width
    }
    while bytes.count % 2 != 0 || (bytes.count + 4 + 2 * slots) % 4 != 0 { bytes.append(0) }
    let offsetTable = bytes.count
    bytes.append(littleEndian: UInt16(4 + 2 * slots))
    bytes.append(littleEndian: UInt16(length))
    for offset in offsets { bytes.append(littleEndian: offset) }
    let start = bytes.count
    bytes.append(littleEndian: UInt32(start - offsetTable))
    bytes += [UInt8](repeating: 0, count: length - 4)
    for (slot, value) in fields.sorted(by: { $0.key < $1.key }) {
      let target = start + Int(offsets[slot])
      switch value {
      case .byte(let value): bytes[target] = value
      case .int(let value): set(UInt32(bitPattern: value), at: target)
      case .object(let object): point(from: target, to: object)
      }
    }
    return start
  }

  private mutating func point(from offset: Int, to object: Object) {
    set(UInt32(write(object) - offset), at: offset)
  }

  private mutating func pad(to alignment: Int, before length: Int = 0) {
    while (bytes.count + length) % alignment != 0 { bytes.append(0) }
  }

  private mutating func set(_ value: UInt32, at offset: Int) {
    for i in 0..<4 { bytes[offset + i] = UInt8(truncatingIfNeeded: value >> UInt32(8 * i)) }
  }
}
