import Digits
import Foundation
import Int8Runtime
import Network
import Quantizer
import Testing

/// A C compiler: what it is called, and where.
struct Compiler: CustomStringConvertible, Sendable {
  let description: String
  private let path: String

  /// Those in the search path.
  static let all: [Compiler] = ["gcc", "clang"].compactMap { name in
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.lazy.map { "\($0)/\(name)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }.map { Compiler(description: name, path: $0) }
  }

  static let strict = ["-std=c99", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]

  /// Compiles; what it said, if it failed.
  func complaint(_ arguments: [String], in folder: String) throws -> String? {
    try run(path, arguments, in: folder, input: nil, output: "said")
      ? nil : String(contentsOfFile: folder + "/said", encoding: .utf8)
  }
}

/// Runs a program in a folder; whether it ended well.
private func run(
  _ path: String, _ arguments: [String], in folder: String, input: String?, output: String
) throws -> Bool {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  process.currentDirectoryURL = URL(fileURLWithPath: folder)
  let file = folder + "/" + output
  try Data().write(to: URL(fileURLWithPath: file))
  let said = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
  (process.standardOutput, process.standardError) = (said, said)
  process.standardInput =
    try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/" + $0)) }
    ?? FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return process.terminationReason == .exit && process.terminationStatus == 0
}

/// Reads pictures with a header and writes the answer's index and the logits.
private let program = #"""
  #include <stdio.h>
  #include "model.h"
  int main(void)
  {
    uint8_t picture[784];
    int32_t logits[SIMDIGIT_CLASSES];
    while (fread(picture, 1, 784, stdin) == 784) {
      const int32_t answer = simdigit_classify(picture, logits);
      if (simdigit_class_name(answer)[0] == 0) return 1;
      if (fwrite(&answer, 4, 1, stdout) != 1) return 1;
      if (fwrite(logits, 4, SIMDIGIT_CLASSES, stdout) != SIMDIGIT_CLASSES) return 1;
    }
    return 0;
  }
  """#

/// Answer and logits of each picture, as the header's program gives them.
func answers(_ image: [UInt8], _ pictures: [UInt8], _ compiler: Compiler) throws -> [[Int32]] {
  try answers(
    header: InterchangeFormat.header.file(image: image), pictures, compiler, classes: 10)
}

/// The same of a header for any number of classes.
func answers(
  header: [UInt8], _ pictures: [UInt8], _ compiler: Compiler, classes: Int
) throws -> [[Int32]] {
  let folder = NSTemporaryDirectory() + "/simdigit-c-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try Data(header).write(to: URL(fileURLWithPath: folder + "/model.h"))
  try Data(program.utf8).write(to: URL(fileURLWithPath: folder + "/main.c"))
  try Data(pictures).write(to: URL(fileURLWithPath: folder + "/pictures"))
  // What C leaves undefined must not happen, and stops the program if it does.
  let checks = ["-fsanitize=undefined", "-fsanitize-undefined-trap-on-error"]
  let complaint = try compiler.complaint(
    Compiler.strict + checks + ["main.c", "-o", "main"], in: folder)
  #expect(complaint == nil)
  #expect(try run(folder + "/main", [], in: folder, input: "pictures", output: "logits"))
  let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/logits")))
  let numbers = stride(from: 0, to: bytes.count, by: 4).map { start in
    Int32(
      bitPattern: (0..<4).reduce(0 as UInt32) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
  }
  return stride(from: 0, to: numbers.count, by: classes + 1).map {
    Array(numbers[$0..<$0 + classes + 1])
  }
}

/// The same by the runtime.
func expectedAnswers(_ image: [UInt8], _ pictures: [UInt8]) throws -> [[Int32]] {
  let flash = try ModelImage(image.span.bytes)
  return flash.logits(pictures.span).map { logits in
    [Int32(logits.argmax)] + (0..<10).map { logits[$0] }
  }
}

/// Pictures that try preprocessing: digits, and others in corners, of single pixels, of all ink and none.
func hardPictures() -> [UInt8] {
  var pixels = Handwriting(seed: 8).set(count: 150, stream: .test, threads: 2).pixels
  pixels +=
    [UInt8](repeating: 0, count: pictureBytes) + [UInt8](repeating: 255, count: pictureBytes)
  for corner in [0, 27, 28 * 27, 783, 14 * 28 + 14] {
    for value: UInt8 in [1, 255] {
      var picture = [UInt8](repeating: 0, count: pictureBytes)
      picture[corner] = value
      pixels += picture
      picture[783 - corner] = 200
      pixels += picture
    }
  }
  for number in 0..<40 { pixels += Keras.pictures(number + 1, inputs: pictureBytes)[number] }
  for slope in -3...3 {
    var picture = [UInt8](repeating: 0, count: pictureBytes)
    for y in 0..<28 { picture[y * 28 + max(0, min(27, 14 + (y - 14) * slope))] = 255 }
    pixels += picture
  }
  return pixels
}

@Suite("The exported C header", .enabled(if: !Compiler.all.isEmpty, "no C compiler"))
struct CHeaderTests {
  @Test(
    "gives the runtime's logits for every input, without a warning and nothing undefined",
    arguments: [28, 14, 12, 10], [true, false])
  func sides(side: Int, deskew: Bool) throws {
    let image = try randomImage(InputSpec(side: side, deskew: deskew), .relu).image
    let pictures = hardPictures()
    let expected = try expectedAnswers(image, pictures)
    for compiler in Compiler.all {
      #expect(try answers(image, pictures, compiler) == expected, "\(compiler)")
    }
  }

  @Test("has any number of classes, and names of any characters", arguments: [2, 46, 64])
  func classes(count: Int) throws {
    let model = int8Model(classes: count)
    let inputSpec = InputSpec(side: 10, deskew: false)
    let header = try InterchangeFormat.header.file(model, inputSpec)
    let pictures = Handwriting(seed: 8).set(count: 40, stream: .test, threads: 2)
    let seen = pictures.preprocessed(by: inputSpec, threads: 1)
    let found = try answers(
      header: header, pictures.pixels, Compiler.all[0], classes: count)
    for index in 0..<40 {
      var values = [UInt8](repeating: 0, count: 100)
      var span = values.mutableSpan
      _ = seen.write(index, epoch: 0, into: &span)
      let logits = model.logits(model.activations(values.span))
      let answer = logits.firstIndex(of: logits.max() ?? 0) ?? -1
      #expect(found[index] == [Int32(answer)] + logits)
    }
  }

  @Test("gives them for every activation", arguments: everyActivation)
  func activations(activation: ActivationFunction) throws {
    let image = try randomImage(smallInputSpec, activation).image
    let pictures = hardPictures()
    #expect(
      try answers(image, pictures, Compiler.all[0]) == expectedAnswers(image, pictures))
  }

  @Test(
    "compiles for chips without their C library",
    .enabled(if: Compiler.all.contains { $0.description == "clang" }),
    arguments: ["armv7em-none-eabi", "armv6m-none-eabi", "riscv32-none-elf"])
  func chips(target: String) throws {
    let clang = try #require(Compiler.all.first { $0.description == "clang" })
    let folder = NSTemporaryDirectory() + "/simdigit-c-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let image = try randomImage(InputSpec(side: 28, deskew: true), .tanh).image
    try Data(try InterchangeFormat.header.file(image: image)).write(
      to: URL(fileURLWithPath: folder + "/model.h"))
    let source = """
      #include "model.h"
      int answer(const uint8_t *picture, int32_t *logits);
      int answer(const uint8_t *picture, int32_t *logits) { return simdigit_classify(picture, logits); }
      """
    try Data(source.utf8).write(to: URL(fileURLWithPath: folder + "/main.c"))
    let arguments = ["-target", target, "-ffreestanding", "-c", "main.c", "-o", "main.o"]
    #expect(try clang.complaint(Compiler.strict + arguments, in: folder) == nil)
  }

  private static let folder = ProcessInfo.processInfo.environment["MNIST_DIR"]

  @Test(
    "of the factory image gives the runtime's logits for all 10,000 test digits of MNIST",
    .enabled(if: folder != nil, "MNIST_DIR names no folder with MNIST"))
  func factory() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("Firmware-sim/infer-sim/factory.flash")
    let image = [UInt8](try Data(contentsOf: path))
    let pictures = try DataSet(try #require(CHeaderTests.folder)).read(.test).pixels
    let expected = try expectedAnswers(image, pictures)
    #expect(expected.count == 10_000)
    #expect(try answers(image, pictures, Compiler.all[0]) == expected)
  }
}
