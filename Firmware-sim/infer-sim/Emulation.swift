import Console
import Device
import Digits
import Foundation
import Int8Runtime

/// Runs the firmware under QEMU, built and started by `Tools/run-firmware`.
struct Emulation {
  private let processor: String
  private let flash: [UInt8]
  private let tool: URL

  /// What the firmware made of a picture.
  struct Run {
    let logits: Logits
    /// Conditioning and classification.
    let instructions: Int
  }

  /// The firmware for a chip with an image that the simulated chip has taken.
  init(_ settings: Settings, _ device: SimulatedDevice) throws(Failure) {
    let core = EmulatedCore(device.profile)
    processor = core.processor
    flash = device.image
    tool = try Emulation.findTool()
    if let note = core.note, !settings.quiet {
      try StandardStream.error.write("infer-sim: \(note)\n")
    }
  }

  /// Reads normalized 28x28 pictures.
  func read(_ pictures: [[UInt8]]) throws(Failure) -> [Run] {
    let lines = try inFolder { folder throws(Failure) in
      var names: [String] = []
      for (index, pixels) in pictures.enumerated() {
        let header = Array("P5\n28 28\n255\n".utf8)
        names.append(try write(header + pixels, "\(index).pgm", in: folder))
      }
      return try run(names, in: folder)
    }
    let runs = lines.compactMap(Emulation.parsed)
    guard runs.count == pictures.count else { throw Emulation.unexpected(lines.last) }
    return runs
  }

  /// Reads a data set; the firmware sees the pictures, not the labels.
  func read(_ digits: DigitSet) throws(Failure) -> DatasetResult {
    let lines = try inFolder { folder throws(Failure) in
      var bytes: [UInt8] = []
      // The magic number says three dimensions of bytes.
      for number in [0x803, digits.count, 28, 28] {
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
      }
      let images = try write(bytes + digits.pixels, "images", in: folder)
      return try run(["--dataset", images], in: folder)
    }
    var result = DatasetResult(count: digits.count)
    guard lines.count == digits.count + 1 else { throw Emulation.unexpected(lines.last) }
    for (line, label) in zip(lines, digits.labels) {
      // Digit, active quads, active pairs, active inputs, conditioning, classification.
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 6 else { throw Emulation.unexpected(line) }
      result.correct += numbers[0] == Int(label) ? 1 : 0
      result.instructions += numbers[4] + numbers[5]
    }
    return result
  }

  /// `digit=3 logits=1,2,3,4,5,6,7,8,9,10 instructions=15520 conditioning=15000 stack=496`.
  private static func parsed(_ line: String) -> Run? {
    var values: [Substring: Substring] = [:]
    for word in line.split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    let scores = values["logits"]?.split(separator: ",").compactMap { Int32($0) } ?? []
    guard scores.count == classCount, let classifying = values["instructions"].flatMap({ Int($0) }),
      let conditioning = values["conditioning"].flatMap({ Int($0) })
    else { return nil }
    var logits = Logits()
    for (digit, score) in scores.enumerated() { logits.values[digit] = score }
    return Run(logits: logits, instructions: classifying + conditioning)
  }

  private func run(_ arguments: [String], in folder: URL) throws(Failure) -> [String] {
    let image = try write(flash, "digits.flash", in: folder)
    let (output, complaint) = (folder.path + "/stdout", folder.path + "/stderr")
    let process = Process()
    process.executableURL = tool
    process.arguments = ["--processor", processor, "--flash", image] + arguments
    process.standardInput = FileHandle.nullDevice
    do {
      _ = try write([], "stdout", in: folder)
      _ = try write([], "stderr", in: folder)
      process.standardOutput = try FileHandle(
        forWritingTo: URL(fileURLWithPath: output))
      process.standardError = try FileHandle(
        forWritingTo: URL(fileURLWithPath: complaint))
      try process.run()
    } catch {
      throw Failure(.unavailable, "\(self.tool.path): cannot be started; install bash")
    }
    process.waitUntilExit()
    let lines = Emulation.lines(output)
    let status = process.terminationStatus
    if status == 0 { return lines }
    let last = Emulation.lines(complaint).last ?? lines.last
    let tool = "run-firmware: "
    throw Failure(
      status == ExitCode.unavailable.rawValue ? .unavailable : .data,
      last.map { $0.hasPrefix(tool) ? String($0.dropFirst(tool.count)) : $0 }
        ?? "the firmware ended with code \(status)")
  }

  private static func lines(_ path: String) -> [String] {
    let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }

  private static func unexpected(_ line: String?) -> Failure {
    Failure(.data, "the firmware answered \(line ?? "nothing"); see Tools/run-firmware")
  }

  private func write(_ bytes: [UInt8], _ name: String, in folder: URL) throws(Failure) -> String {
    let file = folder.appendingPathComponent(name)
    do { try Data(bytes).write(to: file) } catch {
      throw Failure(.cannotCreate, "\(file.path): cannot be written; is there room in $TMPDIR?")
    }
    return file.path
  }

  /// A folder for what goes to QEMU and back, gone afterwards.
  private func inFolder(
    _ body: (URL) throws(Failure) -> [String]
  ) throws(Failure) -> [String] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("infer-sim-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "\(folder.path): cannot be created; is $TMPDIR writable?")
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// `Tools/run-firmware` of the package that this runs in, or that it was built in.
  private static func findTool() throws(Failure) -> URL {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
    for start in [here, program].compactMap(\.self) {
      var folder = start
      while folder.path != "/" {
        let tool = folder.appendingPathComponent("Tools/run-firmware")
        let package = folder.appendingPathComponent("Package.swift").path
        if FileManager.default.fileExists(atPath: package),
          FileManager.default.isExecutableFile(atPath: tool.path)
        {
          return tool
        }
        folder.deleteLastPathComponent()
      }
    }
    throw Failure(
      .unavailable,
      "no Tools/run-firmware from here up, which --engine qemu wants: run it in SIMDigit's folder")
  }
}
