import Foundation
import Testing

/// One of the project's executables, as it was built together with the tests.
struct Command {
  let name: String

  static let train = Command(name: "train-and-quantize")
  static let infer = Command(name: "infer-sim")

  /// What came of a run.
  struct Result {
    let status: Int32
    let output: String
    let error: String

    /// The one object on standard output.
    func json() throws -> [String: Any] {
      let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return try #require(object as? [String: Any])
    }
  }

  /// Starts it in a folder, offline: without MNIST and without a terminal.
  ///
  /// - Parameters:
  ///   - kilobytes: the largest file it may write, in units of 512 bytes.
  ///   - input: a file for its standard input.
  ///   - setup: what a shell does before, such as `ulimit -v 100000` or another argument in `"$@"`.
  ///   - variables: of the environment, besides those there are.
  func start(
    _ arguments: [String], in folder: String, limit kilobytes: Int? = nil, input: String? = nil,
    setup: String = "", variables: [String: String] = [:]
  ) throws -> Running {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let limit = (kilobytes.map { "ulimit -f \($0); " } ?? "") + setup + "\n"
    process.arguments = ["-c", limit + "exec \"$@\"", "sh", try path()] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["MNIST_DIR"] = nil
    environment["XDG_CACHE_HOME"] = folder
    environment.merge(variables) { $1 }
    process.environment = environment
    let output = URL(fileURLWithPath: folder + "/.stdout")
    let error = URL(fileURLWithPath: folder + "/.stderr")
    for file in [output, error] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) }
      ?? FileHandle.nullDevice
    // Tests run on threads that block signals, which a child would inherit; a person's shell blocks none.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_UNBLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    return Running(process: process, output: output, error: error)
  }

  /// Runs it to its end.
  func run(
    _ arguments: [String], in folder: String, limit kilobytes: Int? = nil, input: String? = nil,
    setup: String = "", variables: [String: String] = [:]
  ) throws -> Result {
    try start(
      arguments, in: folder, limit: kilobytes, input: input, setup: setup, variables: variables
    ).wait()
  }

  struct Running {
    let process: Process
    let output: URL
    let error: URL

    /// What came of it; after ten minutes it is ended, and that is an issue.
    func wait() throws -> Result {
      let due = Date(timeIntervalSinceNow: 600)
      while process.isRunning, Date() < due { usleep(2_000) }
      if process.isRunning {
        Issue.record("still running after ten minutes")
        kill(process.processIdentifier, SIGKILL)
      }
      process.waitUntilExit()
      return Result(
        status: process.terminationStatus,
        output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        error: String(decoding: try Data(contentsOf: error), as: UTF8.self))
    }

    /// Waits until it has said something on standard error, for ten minutes at most.
    func wait(for text: String) throws {
      for _ in 0..<120_000 {
        if try String(contentsOf: error, encoding: .utf8).contains(text) { return }
        guard process.isRunning else { break }
        usleep(5_000)
      }
      Issue.record("never said \(text)")
    }
  }

  /// Beside the test bundle, which is this process or one of its arguments.
  private func path() throws -> String {
    let candidates = [Bundle.main.executablePath].compactMap(\.self) + CommandLine.arguments
    let folders = candidates.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
    for var folder in folders {
      // On macOS the test binary is inside a bundle, three folders deep.
      for _ in 0..<4 {
        let path = folder.appendingPathComponent(name).path
        if FileManager.default.isExecutableFile(atPath: path) { return path }
        folder.deleteLastPathComponent()
      }
    }
    throw CocoaError(.fileNoSuchFile)
  }
}

/// A folder that is gone afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = NSTemporaryDirectory() + "/simdigit-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}

/// The files of a folder but for those that hold a command's output.
func files(_ folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).filter {
    !$0.hasPrefix(".std")
  }.sorted()
}

/// The smallest training there is.
let quickTraining = quickData + ["--epochs", "1"]

/// The same, but for its length.
let quickData = ["--data", "built-in", "--hidden", "16", "--augment", "none"]
