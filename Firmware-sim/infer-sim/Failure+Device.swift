import CommandLineSupport
import Device
import Int8Runtime

extension Failure {
  /// Why a model image does not run on a device.
  init(_ error: DeviceError, file: String) {
    switch error {
    case .flashTooSmall(let needed, let available, let chip):
      self.init(
        .data,
        "\(file): needs \(needed) bytes of flash with its code; \(chip) has \(available); train with "
          + "--device or choose another")
    case .ramTooSmall(let needed, let available, let chip):
      self.init(
        .data,
        "\(file): needs \(needed) bytes of RAM with its stack; \(chip) has \(available); train with "
          + "--device or choose another")
    case .image(let error):
      self.init(
        .data, "\(file): \(error.explanation); train again or copy the file again")
    case .update(let error):
      self.init(
        .data,
        "\(file): cannot be updated to: \(error.explanation); train again or copy the file again")
    }
  }
}

extension Slots.UpdateError {
  /// One clause for people.
  fileprivate var explanation: String {
    switch self {
    case .flash(.eraseFailed): "a page of the slots could not be erased"
    case .flash(.programFailed): "a word of the slots could not be programmed"
    case .flash(.outOfRange): "a slot is not whole words and pages inside of the flash"
    case .wrongLength: "its length is not one that a slot holds"
    case .image(let error): "\(error.explanation)"
    }
  }
}
