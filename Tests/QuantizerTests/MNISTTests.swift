import Foundation
import Network
import Pipeline
import Quantizer
import Testing

private let folder = ProcessInfo.processInfo.environment["MNIST_DIR"]

/// What the project promises on MNIST without augmentation.
@Suite("MNIST", .enabled(if: folder != nil, "MNIST_DIR names no folder with MNIST"), .serialized)
struct MNISTTests {
  private func outcome(_ change: (inout TrainingRequest) -> Void) throws -> Comparison {
    var request = TrainingRequest()
    request.data = .stored(try #require(folder))
    request.augmentation = .none
    request.plan.threads = 2
    change(&request)
    return try TrainingRun(request).run(progress: { _, _ in }, report: { _ in }).comparison
  }

  private func accuracy(_ correct: Int, _ comparison: Comparison) -> Double {
    Double(correct) / Double(comparison.count)
  }

  @Test(
    "784-128-10 reads 98.4 % deskewed and 98.0 % only centered, and Int8 as many",
    arguments: [(true, 0.984), (false, 0.980)])
  func plainAccuracy(deskew: Bool, least: Double) throws {
    let comparison = try outcome { $0.inputSpec.deskew = deskew }
    let float = accuracy(comparison.floatCorrect, comparison)
    #expect(float >= least)
    #expect(abs(float - accuracy(comparison.int8Correct, comparison)) <= 0.0005)
    #expect(comparison.changed <= 10)
  }

  @Test("the textbook algorithm, one example at a time, reads 97 %")
  func textbookAccuracy() throws {
    let comparison = try outcome {
      $0.plan.optimizer = .sgd
      $0.plan.batch = 1
      $0.plan.epochs = 4
    }
    #expect(accuracy(comparison.floatCorrect, comparison) >= 0.97)
  }
}
