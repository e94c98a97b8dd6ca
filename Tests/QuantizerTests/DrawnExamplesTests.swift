import Digits
import Int8Runtime
import Network
import Pipeline
import Testing

@Suite("Drawn examples")
struct DrawnExamplesTests {
  private let source = DrawnExamples(
    handwriting: Handwriting(seed: 3), digits: 500, others: 100, first: 50,
    distortion: Distortion(
      Augmentation(.none), InputSpec(side: 28, deskew: false), seed: 3))

  private func label(_ index: Int, epoch: Int) -> Int {
    var bytes = [UInt8](repeating: 0, count: 784)
    var span = bytes.mutableSpan
    return source.write(index, epoch: epoch, into: &span)
  }

  @Test("after the digits come the pictures of no digit")
  func noClass() {
    for epoch in 1...2 {
      let labels = (0..<600).map { label($0, epoch: epoch) }
      #expect(source.count == 600 && Set(labels[..<500]) == Set(0...9))
      #expect(labels[500...].allSatisfy { $0 == Network.noClass })
    }
  }
}
