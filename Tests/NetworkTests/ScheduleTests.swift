import Foundation
import Network
import Testing

@Suite("Learning rate and order")
struct ScheduleTests {
  private func plan(_ schedule: Schedule) -> TrainingPlan {
    var plan = TrainingPlan()
    plan.learningRate = 0.2
    plan.schedule = schedule
    return plan
  }

  @Test("the rate rises evenly for a twentieth of the steps, then falls along half a cosine")
  func warmupAndCosine() {
    let plan = plan(.cosine)
    let warmup = 0.05
    for steps in [1, 7, 1000] {
      for step in 0..<steps {
        let position = (Double(step) + 0.5) / Double(steps)
        let share =
          position < warmup
          ? position / warmup : 0.5 * (1 + cos(.pi * (position - warmup) / (1 - warmup)))
        #expect(abs(Double(plan.rate(step: step, of: steps)) - 0.2 * share) < 1e-6)
      }
    }
  }

  @Test("it never passes its highest, which it nearly reaches, and ends near 0")
  func peakAndEnd() {
    let rates = (0..<1000).map { plan(.cosine).rate(step: $0, of: 1000) }
    let highest = rates.max() ?? 0
    #expect(highest <= 0.2 && highest > 0.199)
    #expect(rates[0] > 0 && rates[0] <= 0.002 + 1e-6)
    #expect(rates[999] >= 0 && rates[999] < 1e-6)
    #expect(zip(rates[..<50], rates[1..<50]).allSatisfy { $0 < $1 })
    #expect(zip(rates[51...], rates[52...]).allSatisfy { $0 > $1 })
  }

  @Test("a constant one is the same from the first step to the last")
  func constantRate() {
    let plan = plan(.constant)
    #expect((0..<100).allSatisfy { plan.rate(step: $0, of: 100) == 0.2 })
  }

  /// The order in which one epoch asks for its examples.
  private func order(seed: UInt64, epoch: Int, batch: Int = 16, count: Int = 50) throws -> [Int] {
    let network = FloatNetwork(inputs: 6, hidden: 16, classes: 10, activation: .relu, seed: 1)
    let source = RecordingSource(Examples(count: count, inputs: 6, seed: 2).source)
    var plan = TrainingPlan.steady(.sgd, rate: 0.01, batch: batch)
    plan.seed = seed
    _ = try Trainer(network, plan: plan, source: source, validation: nil).runEpoch(epoch)
    #expect(source.asked.allSatisfy { $0.epoch == epoch })
    return source.order(epoch: epoch)
  }

  @Test("an epoch's order is a permutation, for any size of batch", arguments: [1, 16, 50, 1000])
  func orderIsAPermutation(batch: Int) throws {
    #expect(try order(seed: 3, epoch: 1, batch: batch).sorted() == Array(0..<50))
  }

  @Test("it depends on the seed and the epoch, and on nothing else")
  func orderIsReproducible() throws {
    let first = try order(seed: 3, epoch: 1)
    #expect(try order(seed: 3, epoch: 1) == first)
    #expect(try order(seed: 3, epoch: 1, batch: 7) == first)
    #expect(try order(seed: 3, epoch: 2) != first)
    #expect(try order(seed: 4, epoch: 1) != first)
    #expect(first != Array(0..<50))
  }

  @Test("each of the six orders of three examples comes about as often")
  func orderIsFair() throws {
    var counts: [[Int]: Int] = [:]
    for seed: UInt64 in 0..<600 {
      counts[try order(seed: seed, epoch: 1, count: 3), default: 0] += 1
    }
    // 100 each with a standard deviation of 9.1.
    #expect(counts.count == 6 && counts.values.allSatisfy { abs($0 - 100) < 46 })
  }

  @Test("one example, one step")
  func singleExample() throws {
    #expect(try order(seed: 3, epoch: 1, count: 1) == [0])
  }
}
