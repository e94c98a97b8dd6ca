import Int8Runtime
import Testing

@testable import Quantizer

@Suite("Calibration")
struct CalibrationTests {
  /// Two classes `gap` apart, right in `right` of `count` digits.
  private func logits(gap: Int32, right: Int, of count: Int) -> ([HostLogits], [UInt8]) {
    var answer = HostLogits(count: 10)
    for digit in 2..<10 { answer[digit] = -100_000 }
    answer[0] = gap
    return (
      Array(repeating: answer, count: count), (0..<count).map { $0 < right ? 0 : 1 }
    )
  }

  @Test("the temperature makes confidence the share that is right", arguments: [600, 800, 950])
  func temperature(right: Int) {
    let (logits, labels) = logits(gap: 300, right: right, of: 1000)
    let calibration = Calibration(logits, labels: labels, scale: 0.01)
    let sure = confidence(logits[0], scale: 0.01 / calibration.temperature)
    #expect(abs(Double(sure) - Double(right) / 1000) < 0.002)
  }

  @Test("the temperature stays within its bounds")
  func bounds() {
    let (all, labels) = logits(gap: 300, right: 100, of: 100)
    #expect(abs(Calibration(all, labels: labels, scale: 0.01).temperature - 0.25) < 0.01)
    let (none, wrong) = logits(gap: 300, right: 0, of: 100)
    #expect(abs(Calibration(none, labels: wrong, scale: 0.01).temperature - 8) < 0.1)
    #expect(Calibration([], labels: [], scale: 1) == Calibration([], labels: [], scale: 2))
  }

  @Test("nothing is unsure where nothing is wrong")
  func allRight() {
    let all = (0..<100).map { (i: Int) -> Calibration.Answer in
      Calibration.Answer(confidence: Float(i) / 100, isRight: true)
    }
    #expect(Calibration.threshold(all) == 0)
    #expect(Calibration.threshold([]) == 0)
  }

  @Test("answers above the threshold are wrong at most once in a thousand")
  func threshold() {
    // Those surer than 0.1 are right; below, one in two is wrong.
    let all = (0..<2000).map { (i: Int) -> Calibration.Answer in
      let isRight = i >= 200 || i % 2 == 0
      return Calibration.Answer(confidence: Float(i) / 2000, isRight: isRight)
    }
    let limit = Calibration.threshold(all)
    let sure = all.filter { $0.confidence >= limit }
    #expect(sure.count { !$0.isRight } <= sure.count / 1000)
    // One more answer of each would already be too many.
    #expect(abs(limit - 0.0995) < 0.002)
  }

  @Test("never more than a fifth is unsure, however often answers are wrong")
  func cap() {
    let all = (0..<1000).map { (i: Int) -> Calibration.Answer in
      Calibration.Answer(confidence: Float(i) / 1000, isRight: i % 2 == 0)
    }
    let limit = Calibration.threshold(all)
    #expect(all.count { $0.confidence >= limit } == 800)
  }
}
