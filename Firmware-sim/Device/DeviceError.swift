import Int8Runtime

/// Why a device does not run a model.
package enum DeviceError: Error, Sendable, Equatable {
  /// Code and model are larger than the chip's flash.
  case flashTooSmall(needed: Int, available: Int, chip: String)
  /// Arena and stack are larger than the chip's RAM.
  case ramTooSmall(needed: Int, available: Int, chip: String)
  /// The image is damaged, or does not do what it says.
  case image(ModelImageError)
  /// The image does not go into the slots of an update.
  case update(Slots.UpdateError)
}
