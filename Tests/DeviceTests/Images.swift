import Device
import Digits

/// Digits that the project draws itself.
let handwriting = Handwriting(seed: 3).set(count: 100, stream: .test)

extension Profile {
  /// The chip that goes by `name`, or nil if none does.
  static func named(_ name: String) -> Profile? { all.first { $0.name == name } }
}
