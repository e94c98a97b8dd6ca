/// What the emulation's exit code says.
package enum ExitCode {
  /// The picture was read.
  package static let success = 0
  /// The model image is damaged or not one this firmware runs.
  package static let damagedImage = 10
  /// The self-test digit does not give the recorded logits.
  package static let selfTestFailed = 11
  /// The model image wants more RAM than there is.
  package static let outOfMemory = 12
  /// The command line names no picture.
  package static let usage = 64
  /// The picture is not a 28x28 PGM (P5, maxval 255), or the data set not a raw IDX of such pictures.
  package static let unreadablePicture = 65
  /// There is no such file.
  package static let noInput = 66
  /// The processor met a fault.
  package static let fault = 99
}
