import CommandLineSupport
import Device
import Digits
import Foundation
import Int8Runtime

/// Runs the firmware under QEMU, built and started by `Tools/run-firmware`.
struct Emulation {
  private let processor: String
  private let flash: [UInt8]
  private let classes: Int
  private let tool: URL

  /// What the firmware made of a picture.
  struct Run {
    let logits: HostLogits
    /// Preprocessing and classification.
    let instructions: Int
  }

  /// The firmware for a chip with an image that the simulated chip has taken.
  init(_ settings: Settings, _ device: SimulatedDevice) throws(Failure) {
    let core = EmulatedCore(device.profile)
    processor = core.processor
    flash = device.image
    classes = device.shape.classes
    tool = try Emulation.findTool()
    if let note = core.note, !settings.quiet {
      try StandardStream.error.write("infer-sim: \(note)\n")
    }
  }

  /// Reads normalized 28x28 pictures.
  func read(_ pictures: [[UInt8]]) throws(Failure) -> [Run] {
    let folder = try TemporaryFolder(prefix: "infer-sim-")
    var names: [String] = []
    for (index, pixels) in pictures.enumerated() {
      let header = Array("P5\n28 28\n255\n".utf8)
      names.append(try folder.write(header + pixels, "\(index).pgm"))
    }
    let lines = try run(names, runs: names.count, in: folder)
    let runs = lines.compactMap { Emulation.parsed($0, classes: classes) }
    guard runs.count == pictures.count else { throw Emulation.unexpected(lines.last) }
    return runs
  }

  /// Counts the instructions of each step of reading normalized 28x28 pictures.
  func profile(_ pictures: [[UInt8]]) throws(Failure) -> [[ProfiledStep: Int]] {
    let folder = try TemporaryFolder(prefix: "infer-sim-")
    var names: [String] = []
    for (index, pixels) in pictures.enumerated() {
      names.append(try folder.write(Array("P5\n28 28\n255\n".utf8) + pixels, "\(index).pgm"))
    }
    let lines = try run(["--profile"] + names, runs: names.count, in: folder)
    let profiles = lines.map { line in
      var steps: [ProfiledStep: Int] = [:]
      for word in line.split(separator: " ") {
        let parts = word.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let step = ProfiledStep(rawValue: String(parts[0])) else {
          continue
        }
        steps[step] = Int(parts[1])
      }
      return steps
    }
    guard profiles.count == pictures.count,
      profiles.allSatisfy({ $0.count == ProfiledStep.allCases.count })
    else { throw Emulation.unexpected(lines.last) }
    return profiles
  }

  /// Reads a data set; the firmware sees the pictures, not the labels.
  func read(_ digits: DigitSet) throws(Failure) -> DatasetResult {
    let folder = try TemporaryFolder(prefix: "infer-sim-")
    var bytes: [UInt8] = []
    // The magic number says three dimensions of bytes.
    for number in [0x803, digits.count, 28, 28] {
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
    let images = try folder.write(bytes + digits.pixels, "images")
    let lines = try run(["--dataset", images], runs: 1, in: folder)
    var result = DatasetResult(count: digits.count)
    guard lines.count == digits.count + 1 else { throw Emulation.unexpected(lines.last) }
    for (line, label) in zip(lines, digits.labels) {
      // Digit, nonzero quads, nonzero pairs, nonzero inputs, preprocessing, classification.
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 6 else { throw Emulation.unexpected(line) }
      result.correct += numbers[0] == Int(label) ? 1 : 0
      result.instructions += numbers[4] + numbers[5]
    }
    return result
  }

  /// `digit=3 logits=1,2,3,4,5,6,7,8,9,10 instructions=15520 preprocessing=15000 stack=496`.
  private static func parsed(_ line: String, classes: Int) -> Run? {
    var values: [Substring: Substring] = [:]
    for word in line.split(separator: " ") {
      let parts = word.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    let sums = values["logits"]?.split(separator: ",").compactMap { Int32($0) } ?? []
    guard sums.count == classes, let classifying = values["instructions"].flatMap({ Int($0) }),
      let preprocessing = values["preprocessing"].flatMap({ Int($0) })
    else { return nil }
    var logits = HostLogits(count: classes)
    for (index, logit) in sums.enumerated() { logits[index] = logit }
    return Run(logits: logits, instructions: classifying + preprocessing)
  }

  /// Seconds that building the firmware may take, and a run of it with what is around it: a little more
  /// than `Tools/run-firmware` gives QEMU.
  private static let (buildSeconds, runSeconds) = (1200.0, 150.0)

  /// The lines that the firmware printed. A signal that would end this process ends the firmware first.
  private func run(
    _ arguments: [String], runs: Int, in folder: TemporaryFolder
  ) throws(Failure) -> [String] {
    let image = try folder.write(flash, "digits.flash")
    let output = try folder.write([], "stdout")
    let complaint = try folder.write([], "stderr")
    Interruption.watch()
    let end = try Emulation.end(
      tool.path, ["--processor", processor, "--flash", image] + arguments, output, complaint,
      seconds: Emulation.buildSeconds + Emulation.runSeconds * Double(runs))
    let lines = try Emulation.lines(output)
    switch end {
    case .exited(0): return lines
    case .stopped: throw Failure(Interruption.code, "stopped; the firmware is ended, too")
    case .overtime:
      throw Failure(.io, "the firmware did not come to its end in time; see Tools/run-firmware")
    case .exited(let status), .signaled(let status):
      let last = try Emulation.lines(complaint).last ?? lines.last
      let tool = "run-firmware: "
      throw Failure(
        status == ExitCode.unavailable.rawValue ? .unavailable : .data,
        last.map { $0.hasPrefix(tool) ? String($0.dropFirst(tool.count)) : $0 }
          ?? "the firmware ended with code \(status)")
    }
  }

  /// Runs a program with its output in two files.
  private static func end(
    _ program: String, _ arguments: [String], _ output: String, _ complaint: String,
    seconds: Double
  ) throws(Failure) -> ChildProcess.End {
    let files = [output, complaint].map {
      unsafe $0.withFileName { unsafe open($0, O_WRONLY | O_CLOEXEC) }
    }
    defer { files.forEach { close($0) } }
    guard files.allSatisfy({ $0 >= 0 }) else {
      throw Failure(.io, "\(output): cannot be opened; are there too many open files?")
    }
    let child = try ChildProcess(program, arguments, output: files[0], error: files[1])
    return child.wait(seconds: seconds, stop: { Interruption.hasCome })
  }

  private static func lines(_ path: String) throws(Failure) -> [String] {
    do throws(DigitsError) {
      let text = String(decoding: try FileBytes.read(path, limit: 1 << 28), as: UTF8.self)
      return text.split(separator: "\n").map(String.init)
    } catch { throw Failure(error) }
  }

  private static func unexpected(_ line: String?) -> Failure {
    Failure(.data, "the firmware answered \(line ?? "nothing"); see Tools/run-firmware")
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
