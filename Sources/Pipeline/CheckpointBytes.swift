import Digits
import Int8Runtime
import Network
import SIMDMath

/// The bytes of a checkpoint: a header of 64, what it belongs to as lines of text, and vectors of
/// sixteen floats. All numbers are little-endian.
///
/// | offset | field |
/// | ---: | --- |
/// | 0 | "SDCP" |
/// | 4 | version, UInt32 |
/// | 8 | CRC-32 of everything behind this field, UInt32 |
/// | 12 | bytes of text, UInt32 |
/// | 16 | vectors of parameters, UInt32 |
/// | 20 | vectors of the teacher, UInt32; 0 for none |
/// | 24 | moments, UInt32 |
/// | 28 | epochs done, UInt32 |
/// | 32 | steps done, UInt64 |
/// | 40 | the epoch that was kept last, UInt32 |
/// | 44 | the best epoch's metrics: digits, those read right, loss; UInt32, UInt32, Float |
/// | 56 | β₁ᵗ and β₂ᵗ, Float |
///
/// Behind the text come the parameters, the best ones, each moment, and the teacher's parameters.
extension Checkpoint {
  /// The most bytes a checkpoint has: that of a network of 1024 hidden units taught by another.
  package static let maximumBytes = 1 << 24

  static let magic: UInt32 = 0x5043_4453
  static let version: UInt32 = 2
  static let headerBytes = 64
  static let vectorBytes = MemoryLayout<Vector>.size
  /// 1024 hidden units on 784 inputs take 50,881.
  static let maximumVectors = 51_000
  static let maximumText = 4096

  /// As a file holds it.
  package var bytes: [UInt8] {
    let text = identity.map { "\($0.name)=\($0.value)\n" }.joined().utf8
    var bytes: [UInt8] = []
    bytes.reserveCapacity(
      Checkpoint.bytes(
        text: text.count, vectors: state.parameters.count, moments: state.moments.count,
        teacher: teacher?.count ?? 0))
    for number in [Checkpoint.magic, Checkpoint.version, 0] { bytes.append(littleEndian: number) }
    for count in [
      text.count, state.parameters.count, teacher?.count ?? 0, state.moments.count, state.epoch,
    ] { bytes.append(littleEndian: UInt32(count)) }
    bytes.append(littleEndian: UInt64(state.step))
    for count in [state.keptEpoch, state.bestMetrics.count, state.bestMetrics.correct] {
      bytes.append(littleEndian: UInt32(count))
    }
    for value in [state.bestMetrics.loss, state.power1, state.power2] {
      bytes.append(littleEndian: value.bitPattern)
    }
    bytes += text
    for vectors in [state.parameters, state.best] + state.moments + [teacher ?? []] {
      bytes.append(vectors)
    }
    unsafe bytes.put(crc32(bytes.span.bytes.extracting(12..<bytes.count)), at: 8)
    return bytes
  }

  /// How many bytes a checkpoint takes.
  package static func bytes(text: Int, vectors: Int, moments: Int, teacher: Int) -> Int {
    headerBytes + text + vectorBytes * ((2 + moments) * vectors + teacher)
  }

  /// The checkpoint in the bytes of a file.
  ///
  /// No memory is taken before the header's counts are checked against the bytes that are there, and
  /// then no more than three times as many.
  package init(_ file: [UInt8]) throws(CheckpointError) {
    let bytes = unsafe file.span.bytes
    guard bytes.byteCount >= 8, bytes.littleEndianWord(at: 0) == Checkpoint.magic else {
      throw .notACheckpoint
    }
    guard bytes.littleEndianWord(at: 4) == Checkpoint.version else { throw .unsupportedVersion }
    guard bytes.byteCount >= Checkpoint.headerBytes else { throw .wrongLength }
    let (text, vectors) = (bytes.count(12), bytes.count(16))
    let (taught, moments) = (bytes.count(20), bytes.count(24))
    guard
      text <= Checkpoint.maximumText, vectors <= Checkpoint.maximumVectors,
      taught <= Checkpoint.maximumVectors, moments <= 2,
      bytes.byteCount
        == Checkpoint.bytes(text: text, vectors: vectors, moments: moments, teacher: taught)
    else { throw .wrongLength }
    guard crc32(bytes.extracting(12..<bytes.byteCount)) == bytes.littleEndianWord(at: 8) else {
      throw .checksum
    }
    let start = Checkpoint.headerBytes + text
    identity = try Checkpoint.fields(bytes.extracting(Checkpoint.headerBytes..<start))
    state = bytes.trainerState(moments: moments, vectors: vectors, at: start)
    let parameters = bytes.vectors(
      taught, at: start + Checkpoint.vectorBytes * (2 + moments) * vectors)
    teacher = taught > 0 ? parameters : nil
    guard state.isSound, vectors > 0, parameters.allSatisfy(\.isFinite) else { throw .malformed }
  }

  /// Lines of `name=value`, printable ASCII.
  private static func fields(_ text: RawSpan) throws(CheckpointError) -> [IdentityField] {
    var fields: [IdentityField] = []
    var line = ""
    for offset in 0..<text.byteCount {
      let byte = unsafe text.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      if byte == UInt8(ascii: "\n") {
        guard let sign = line.firstIndex(of: "=") else { throw .malformed }
        let value = String(line[line.index(after: sign)...])
        fields.append(IdentityField(name: String(line[..<sign]), value: value))
        line = ""
      } else {
        guard (0x20...0x7E).contains(byte) else { throw .malformed }
        line.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    guard line.isEmpty else { throw .malformed }
    return fields
  }
}

extension RawSpan {
  fileprivate func count(_ offset: Int) -> Int { Int(littleEndianWord(at: offset)) }

  fileprivate func float(_ offset: Int) -> Float { Float(bitPattern: littleEndianWord(at: offset)) }

  fileprivate func trainerState(moments: Int, vectors count: Int, at start: Int) -> TrainerState {
    var state = TrainerState()
    state.epoch = self.count(28)
    let step = UInt64(littleEndianWord(at: 36)) << 32 | UInt64(littleEndianWord(at: 32))
    // What no Int holds is not sound either.
    state.step = Int(exactly: step) ?? -1
    state.keptEpoch = self.count(40)
    state.bestMetrics.count = self.count(44)
    state.bestMetrics.correct = self.count(48)
    state.bestMetrics.loss = float(52)
    state.power1 = float(56)
    state.power2 = float(60)
    state.parameters = vectors(count, at: start)
    state.best = vectors(count, at: start + Checkpoint.vectorBytes * count)
    state.moments = (0..<moments).map {
      vectors(count, at: start + Checkpoint.vectorBytes * (2 + $0) * count)
    }
    return state
  }

  fileprivate func vectors(_ count: Int, at start: Int) -> [Vector] {
    (0..<count).map { offset in
      var vector = Vector()
      for lane in 0..<16 {
        vector[lane] = float(start + Checkpoint.vectorBytes * offset + 4 * lane)
      }
      return vector
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ vectors: [Vector]) {
    for vector in vectors {
      for lane in 0..<16 { append(littleEndian: vector[lane].bitPattern) }
    }
  }
}
