/// Why bytes are not a flash image that may be run.
public enum FlashError: UInt8, Error, Sendable {
  case truncated = 1
  case notAFlashImage
  case unsupportedVersion
  case wrongLength
  case headerChecksum
  case payloadChecksum
  case unsupportedGeometry
  case malformedField
  case accumulatorOverflow
  case selfTestFailed

  /// One clause for people.
  public var explanation: StaticString {
    switch self {
    case .truncated: "it is shorter than a flash image's header"
    case .notAFlashImage: "it is not a flash image (it does not start with SDGT)"
    case .unsupportedVersion: "it is a flash image of another version"
    case .wrongLength: "its length is not the one its header gives"
    case .headerChecksum: "its header is damaged (CRC-32 differs)"
    case .payloadChecksum: "its weights are damaged (CRC-32 differs)"
    case .unsupportedGeometry: "its layers have sizes that the runtime cannot run"
    case .malformedField: "a field of its header has a value it cannot have"
    case .accumulatorOverflow: "its weights could overflow a 32-bit sum"
    case .selfTestFailed: "its known-answer digit does not give the recorded logits"
    }
  }
}
