import Foundation
import Recipe
import Kernels
import Network
var r = TrainingRequest()
let a = CommandLine.arguments
func opt(_ n: String) -> String? { a.firstIndex(of: n).map { a[$0 + 1] } }
r.data = .resolve(opt("--data"))
if let h = opt("--hidden") { r.hidden = Int(h)! }
if let h = opt("--epochs") { r.plan.epochs = Int(h)! }
if let h = opt("--batch") { r.plan.batch = Int(h)! }
if let h = opt("--threads") { r.plan.threads = Int(h)! }
if let h = opt("--rate") { r.learningRate = Float(h)! }
if let h = opt("--optimizer") { r.plan.optimizer = Optimizer(rawValue: h)! }
if opt("--deskew") == "off" { r.contract.deskew = false }
let run = try TrainingRun(r)
let o = try run.run(
  progress: { _, _ in },
  report: { e in
    print(e.number, e.training.loss, e.training.accuracy, e.validation.accuracy, e.validation.loss)
  })
print(
  "float", Double(o.comparison.floatCorrect) / Double(o.comparison.count), "int8",
  Double(o.comparison.int8Correct) / Double(o.comparison.count), "changed", o.comparison.changed,
  "sec", o.seconds, "sps", Double(o.samples) / o.seconds, "cpu", Double(o.samples) / o.cpuSeconds)
