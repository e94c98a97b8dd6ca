import Foundation
import Testing

/// `Tools/run-checksums`, which runs the kernels as bare metal on an emulated AArch64.
enum BareMetal {
  /// What it needs and does not find, in its own words.
  static let missing: String? = {
    do {
      let result = try run(["--check"])
      return result.status == 0 ? nil : result.output.trimmingCharacters(in: .newlines)
    } catch {
      return "Tools/run-checksums does not run: \(error)"
    }
  }()

  /// Its lines: those of the kernels, and those of kernels whose multiply-adds round twice. Built and run
  /// once, whichever test asks first.
  static let lists: Result<(fused: [String], unfused: [String]), any Error> = Result {
    let result = try run(["--unfused"])
    guard result.status == 0 else {
      throw Failure(description: "exit code \(result.status): \(result.output)")
    }
    let lists = result.output.split(separator: "\n", omittingEmptySubsequences: false)
      .split(separator: "").map { $0.map(String.init) }
    guard lists.count == 2 else { throw Failure(description: "no two lists: \(result.output)") }
    return (lists[0], lists[1])
  }

  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let process = Process()
    process.executableURL = root.appendingPathComponent("Tools/run-checksums")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
