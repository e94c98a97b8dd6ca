import Int8Runtime
import Testing

@testable import Quantizer

@Suite("Calibration")
struct CalibrationTests {
  /// Two classes `gap` apart, right in `right` of `count` digits.
  private func logits(gap: Int32, right: Int, of count: Int) -> LabeledLogits {
    var answer = HostLogits(count: 10)
    for digit in 2..<10 { answer[digit] = -100_000 }
    answer[0] = gap
    return LabeledLogits(
      Array(repeating: answer, count: count), labels: (0..<count).map { $0 < right ? 0 : 1 })
  }

  @Test("the temperature makes confidence the share that is right", arguments: [600, 800, 950])
  func temperature(right: Int) {
    let digits = logits(gap: 300, right: right, of: 1000)
    let calibration = Calibration([digits], scale: 0.01)
    let sure = confidence(digits.logits[0], scale: 0.01 / calibration.temperature)
    #expect(abs(Double(sure) - Double(right) / 1000) < 0.002)
  }

  @Test("the temperature stays within its bounds")
  func bounds() {
    let all = logits(gap: 300, right: 100, of: 100)
    #expect(abs(Calibration([all], scale: 0.01).temperature - 0.25) < 0.01)
    let none = logits(gap: 300, right: 0, of: 100)
    #expect(abs(Calibration([none], scale: 0.01).temperature - 8) < 0.1)
    #expect(Calibration([], scale: 1) == Calibration([], scale: 2))
  }

  @Test("nothing is unsure where nothing is wrong")
  func allRight() {
    let all = (0..<100).map { (i: Int) -> Calibration.Answer in
      Calibration.Answer(confidence: 0.9992 + Float(i) * 8e-6, isRight: true)
    }
    #expect(Calibration.threshold(all) == 0)
    #expect(Calibration.threshold([]) == 0)
  }

  @Test("answers above the threshold are wrong at most once in a thousand")
  func threshold() {
    // The surest 1,800 are right; below, one in two is wrong.
    let all = (0..<2000).map { (i: Int) -> Calibration.Answer in
      let isRight = i >= 200 || i % 2 == 0
      return Calibration.Answer(confidence: 0.9992 + Float(i) * 4e-7, isRight: isRight)
    }
    let limit = Calibration.threshold(all)
    let sure = all.filter { $0.confidence >= limit }
    #expect(sure.count { !$0.isRight } <= sure.count / 1000)
    // One more answer of each would already be too many.
    #expect(all.count { $0.confidence >= limit } == 1802)
  }

  @Test("answers that expect more errors than are allowed are not sure, even if all were right")
  func expected() {
    let all = (0..<1000).map { (i: Int) -> Calibration.Answer in
      Calibration.Answer(confidence: i < 100 ? 0.98 : 0.9995, isRight: true)
    }
    #expect(Calibration.threshold(all) == 0.9995)
  }

  @Test("never more than a fifth is unsure, however often answers are wrong")
  func cap() {
    let all = (0..<1000).map { (i: Int) -> Calibration.Answer in
      Calibration.Answer(confidence: Float(i) / 1000, isRight: i % 2 == 0)
    }
    let limit = Calibration.threshold(all)
    #expect(all.count { $0.confidence >= limit } == 800)
  }

  @Test("at most one in twenty-five pictures of no digit is sure, if four in five digits stay so")
  func others() {
    let digits = (0..<1000).map { (i: Int) -> Calibration.Answer in
      Calibration.Answer(confidence: Float(i) / 1000, isRight: true)
    }
    // Half as sure as digits: 50 of 500 lie at 0.1 or above.
    let faint = (0..<500).map { Float($0) / 4500 }
    let limit = Calibration.threshold(others: faint, digits: digits)
    #expect(faint.count { $0 >= limit } == 20)
    // As sure as digits: the digits' bound holds.
    let equal = digits.map(\.confidence)
    #expect(Calibration.threshold(others: equal, digits: digits) == 0.2)
    #expect(Calibration.threshold(others: [], digits: digits) == 0)
  }

  @Test("the set of digits that is read worst decides what is sure")
  func sets() {
    var sure = HostLogits(count: 10)
    sure[3] = 2000
    var doubtful = HostLogits(count: 10)
    doubtful[3] = 200
    let good = LabeledLogits(
      Array(repeating: sure, count: 900) + Array(repeating: doubtful, count: 100),
      labels: Array(repeating: 3, count: 1000))
    // Of what it doubts, half is wrong.
    let worse = LabeledLogits(
      good.logits, labels: Array(repeating: 3, count: 950) + Array(repeating: 4, count: 50))
    #expect(Calibration([good], scale: 0.01).unsureBelow == 0)
    let both = Calibration([good, worse], scale: 0.01)
    #expect(both.unsureBelow > confidence(doubtful, scale: 0.01 / both.temperature))
    #expect(both.unsureBelow <= confidence(sure, scale: 0.01 / both.temperature))
  }
}
