/// Unpacks deflate (RFC 1951), for small pictures: a bit at a time, with nothing kept but what comes out.
struct Inflate: ~Escapable {
  private let bytes: Span<UInt8>
  private var position = 0
  /// Bits of the last byte that was taken which are still to be used, lowest first.
  private var bitBuffer = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  /// How many bytes must come out; memory is taken for no more.
  private let limit: Int

  @_lifetime(copy bytes)
  private init(_ bytes: Span<UInt8>, limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  /// The bytes that a stream unpacks to, and how many bytes long the stream was; nil if it is broken or
  /// if it does not unpack to just `count`. Memory is taken for as many bytes as that, once the stream is
  /// long enough to become so many.
  static func unpacked(_ bytes: Span<UInt8>, count: Int) -> (bytes: [UInt8], length: Int)? {
    // A copy of 258 bytes takes two bits at least: no stream becomes longer than this.
    guard count <= 1032 * bytes.count else { return nil }
    var stream = Inflate(bytes, limit: count)
    stream.output.reserveCapacity(count)
    while true {
      guard let isLast = stream.bits(1), let kind = stream.bits(2) else { return nil }
      let isGood =
        switch kind {
        case 0: stream.stored()
        case 1: stream.packed(Inflate.fixedLengths, Inflate.fixedDistances)
        case 2: stream.dynamic()
        default: false
        }
      guard isGood else { return nil }
      if isLast == 1 {
        return stream.output.count == count ? (stream.output, stream.position) : nil
      }
    }
  }

  @_lifetime(self: copy self)
  private mutating func bits(_ count: Int) -> Int? {
    while bitCount < count {
      guard position < bytes.count else { return nil }
      bitBuffer |= Int(bytes[position]) << bitCount
      bitCount += 8
      position += 1
    }
    let value = bitBuffer & ((1 << count) - 1)
    bitBuffer >>= count
    bitCount -= count
    return value
  }

  /// A block that is not packed.
  @_lifetime(self: copy self)
  private mutating func stored() -> Bool {
    bitBuffer = 0
    bitCount = 0
    guard let length = bits(16), let inverse = bits(16), length == ~inverse & 0xFFFF,
      length <= bytes.count - position, length <= limit - output.count
    else { return false }
    for i in position..<position + length { output.append(bytes[i]) }
    position += length
    return true
  }

  /// A block whose codes stand before it.
  @_lifetime(self: copy self)
  private mutating func dynamic() -> Bool {
    guard let literals = bits(5), let distances = bits(5), let count = bits(4),
      literals < 30
    else { return false }
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var widths = [Int](repeating: 0, count: 19)
    for place in order[..<(count + 4)] {
      guard let width = bits(3) else { return false }
      widths[place] = width
    }
    guard let codes = HuffmanCode(widths) else { return false }
    let wanted = literals + 257 + distances + 1
    var all: [Int] = []
    while all.count < wanted {
      guard let symbol = symbol(codes) else { return false }
      if symbol < 16 {
        all.append(symbol)
        continue
      }
      let (bitWidth, least) = symbol == 16 ? (2, 3) : symbol == 17 ? (3, 3) : (7, 11)
      guard let more = bits(bitWidth), symbol != 16 || !all.isEmpty else { return false }
      let width = symbol == 16 ? all[all.count - 1] : 0
      for _ in 0..<least + more { all.append(width) }
    }
    guard all.count == wanted, let first = HuffmanCode(Array(all[..<(literals + 257)])),
      let second = HuffmanCode(Array(all[(literals + 257)...]))
    else { return false }
    return packed(first, second)
  }

  @_lifetime(self: copy self)
  private mutating func symbol(_ code: HuffmanCode) -> Int? {
    var walk = HuffmanCode.Walk()
    while true {
      guard let bit = bits(1) else { return nil }
      switch code.step(&walk, bit) {
      case .further: continue
      case .symbol(let symbol): return symbol
      case .none: return nil
      }
    }
  }

  /// Literals and copies up to the end of a block.
  @_lifetime(self: copy self)
  private mutating func packed(_ lengths: HuffmanCode, _ distances: HuffmanCode) -> Bool {
    while true {
      guard let symbol = symbol(lengths) else { return false }
      if symbol == 256 { return true }
      if symbol < 256 {
        guard output.count < limit else { return false }
        output.append(UInt8(symbol))
        continue
      }
      let kind = symbol - 257
      guard kind < 29, let more = bits(Inflate.lengthBits[kind]),
        let place = self.symbol(distances), place < 30,
        let further = bits(Inflate.distanceBits[place])
      else { return false }
      let length = Inflate.lengthStarts[kind] + more
      let distance = Inflate.distanceStarts[place] + further
      guard distance <= output.count, length <= limit - output.count else { return false }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  // RFC 1951, 3.2.5 and 3.2.6.
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let lengthStarts = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let distanceBits = (0..<30).map { max(0, $0 / 2 - 1) }
  private static let distanceStarts = distanceBits.reduce(into: [1]) {
    $0.append($0[$0.count - 1] + 1 << $1)
  }
  private static let fixedLengths = HuffmanCode(
    whole: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = HuffmanCode(
    whole: [Int](repeating: 5, count: 30))
}
