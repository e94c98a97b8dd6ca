/// Why bytes are not a model image that may be run.
public enum ModelImageError: UInt8, Error, Sendable {
  /// There are fewer bytes than a header has.
  case truncated = 1
  /// They do not start with ``Header/magicValue``.
  case notAModelImage
  /// The version is not ``Header/versionValue``.
  case unsupportedVersion
  /// There are more or fewer bytes than the header says, or than its layers take.
  case wrongLength
  /// The header's CRC-32 differs.
  case headerChecksum
  /// The CRC-32 of what is behind the header differs.
  case payloadChecksum
  /// The layers have sizes that the runtime cannot run.
  case unsupportedShape
  /// A field of the header, a shift or a name has a value it cannot have.
  case malformedField
  /// A sum could leave 32 bits.
  case accumulatorOverflow
  /// The self-test vector gives other logits than the image says.
  case selfTestFailed

  /// One clause for people.
  public var explanation: StaticString {
    switch self {
    case .truncated: "it is shorter than a model image's header"
    case .notAModelImage: "it is not a model image (it does not start with SDGT)"
    case .unsupportedVersion:
      "it is a model image of another format version; make it again with train-and-quantize"
    case .wrongLength: "its length is not the one its header gives"
    case .headerChecksum: "its header is damaged (CRC-32 differs)"
    case .payloadChecksum: "its weights are damaged (CRC-32 differs)"
    case .unsupportedShape: "its layers have sizes that the runtime cannot run"
    case .malformedField: "a field of its header has a value it cannot have"
    case .accumulatorOverflow: "its weights could overflow a 32-bit sum"
    case .selfTestFailed: "its self-test vector does not give the recorded logits"
    }
  }
}
