import Foundation

// Times the parts that `Tools/benchmark` and `Tools/roofline` compare with others:
//
//     measure-speed train MNIST-FOLDER HIDDEN BATCH MOMENTUM|ADAMW|SGD THREADS EPOCHS [elastic]
//     measure-speed int8 MNIST-FOLDER
//     measure-speed roofline
//
// One object of JSON a line.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "train": try measureTraining(Array(arguments.dropFirst()))
  case "int8": try measureInt8(Array(arguments.dropFirst()))
  case "roofline": measureRoofline()
  default:
    print("usage: measure-speed train|int8|roofline ...")
    exit(64)
  }
} catch {
  FileHandle.standardError.write(Data("measure-speed: \(error)\n".utf8))
  exit(65)
}
