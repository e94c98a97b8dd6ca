import CommandLineSupport
import Device
import Int8Runtime
import Testing

@testable import infer_sim

@Suite("Why a device does not run a model, in one line") struct ReasonTests {
  private func line(_ error: DeviceError) -> String { Failure(error, file: "x.flash").message }

  /// All there are.
  private let updates: [Slots.UpdateError] =
    [.wrongLength]
    + [.eraseFailed, .programFailed, .outOfRange].map { .flash($0) }
    + (1...10).compactMap { ModelImageError(rawValue: $0) }.map { .image($0) }

  @Test("each reason why an update fails has a line of its own, which is no other error's")
  func updatesDiffer() {
    let lines = updates.map { line(.update($0)) }
    #expect(Set(lines).count == updates.count && updates.count == 14)
    let others = (1...10).compactMap { ModelImageError(rawValue: $0) }.map { line(.image($0)) }
    #expect(Set(lines).isDisjoint(with: others))
  }

  @Test("an image that cannot be written is not said to be of the wrong length")
  func flashIsNotLength() {
    #expect(line(.update(.flash(.eraseFailed))).contains("could not be erased"))
    #expect(!line(.update(.flash(.programFailed))).contains("length"))
    #expect(line(.update(.wrongLength)).contains("length"))
  }

  @Test("an image that is refused in the slots is refused for the same reason as elsewhere")
  func imageReason() {
    let reason = "\(ModelImageError.payloadChecksum.explanation)"
    #expect(line(.update(.image(.payloadChecksum))).contains(reason))
    #expect(line(.image(.payloadChecksum)).contains(reason))
  }
}
