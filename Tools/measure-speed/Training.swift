import Digits
import Foundation
import Int8Runtime
import Network
import Pipeline

/// Trains on the plain pixels of MNIST's 60,000 digits and prints samples a second, epoch by epoch.
func measureTraining(_ arguments: [String]) throws {
  guard arguments.count >= 6, let hidden = Int(arguments[1]), let batch = Int(arguments[2]),
    let optimizer = Optimizer(rawValue: arguments[3]), let threads = Int(arguments[4]),
    let epochs = Int(arguments[5])
  else { throw UsageError() }
  let digits = try DataSet(arguments[0]).read(.training)
  let test = try DataSet(arguments[0]).read(.test)
  var plan = TrainingPlan()
  plan.optimizer = optimizer
  plan.batch = batch
  plan.learningRate = rate(optimizer, batch)
  plan.epochs = epochs
  plan.threads = threads
  plan.schedule = .constant
  let trainer = Trainer(
    FloatNetwork(inputs: 784, hidden: hidden, classes: 10, activation: .relu, seed: 1), plan: plan,
    source: StoredExamples(features: digits.pixels.span, labels: digits.labels, inputs: 784),
    validation: nil)
  let testSource = StoredExamples(features: test.pixels.span, labels: test.labels, inputs: 784)
  var wall = 0.0
  var processor = 0.0
  var best = Double.infinity
  for epoch in 1...epochs {
    let clock = Clock()
    _ = try trainer.runEpoch(epoch)
    let time = clock.elapsed
    wall += time.wall
    processor += time.processor
    best = min(best, time.processor)
  }
  let samples = Double(digits.count)
  printJSON([
    ("samples_per_second", samples * Double(epochs) / wall),
    ("samples_per_cpu_second", samples * Double(epochs) / processor),
    ("best_samples_per_cpu_second", samples / best),
    ("accuracy", trainer.evaluate(testSource).accuracy),
  ])
}

/// The learning rates of the peers' recipes.
private func rate(_ optimizer: Optimizer, _ batch: Int) -> Float {
  switch optimizer {
  case .sgd: 0.1 * Float(batch) / 32
  case .momentum: 0.02 * Float(batch) / 32
  case .adamw: 0.001
  }
}
