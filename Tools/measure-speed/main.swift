import Foundation

// Times the parts that `Tools/benchmark` and `Tools/roofline` compare with others:
//
//     measure-speed train MNIST-FOLDER HIDDEN BATCH momentum|adamw|sgd THREADS EPOCHS
//     measure-speed int8 MNIST-FOLDER
//     measure-speed roofline
//     measure-speed digits
//     measure-speed preprocess MNIST-FOLDER NEW-FOLDER
//
// One object of JSON a line; the last writes MNIST's digits as our networks see them, for a peer.
let arguments = Array(CommandLine.arguments.dropFirst())
do {
  switch arguments.first {
  case "train": try measureTraining(Array(arguments.dropFirst()))
  case "int8": try measureInt8(Array(arguments.dropFirst()))
  case "roofline": measureRoofline()
  case "digits": measureDigits()
  case "preprocess": try writePreprocessed(Array(arguments.dropFirst()))
  default:
    print("usage: measure-speed train|int8|roofline|digits|preprocess ...")
    exit(64)
  }
} catch {
  FileHandle.standardError.write(Data("measure-speed: \(error)\n".utf8))
  exit(65)
}
