import Foundation
import Testing

@Suite(
  "fetch-mnist", .serialized,
  .enabled(if: Mirror.isPossible, "needs MNIST_DIR with .gz files, python3 and curl"))
struct FetchTests {
  static let names = [
    "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
  ]

  @Test(
    "with one good mirror among them, all files arrive whole",
    arguments: [
      ["good"], ["plain"], ["missing", "good"], ["garbage", "good"], ["page", "plain"],
      ["truncates", "good"], ["truncates", "garbage", "page", "plain"],
    ])
  func arrives(mirrors: [String]) throws {
    try withFolder { folder in
      let mirror = try Mirror(folder)
      defer { mirror.stop() }
      let run = try Mirror.fetch(folder, mirrors.flatMap { ["--mirror", mirror.address($0)] })
      #expect(run.status == 0, "\(run.error)")
      #expect(try arrived(folder) == Self.names)
    }
  }

  @Test("a download that breaks off goes on where it was")
  func resumes() throws {
    try withFolder { folder in
      let mirror = try Mirror(folder)
      defer { mirror.stop() }
      let broken = try Mirror.fetch(folder, ["--mirror", mirror.address("dies")])
      #expect(broken.status == 74 && broken.error.contains("no mirror gave it"), "\(broken.error)")
      #expect(try arrived(folder) == [".partial"])
      let whole = try Mirror.fetch(folder, ["--mirror", mirror.address("good")])
      #expect(whole.status == 0, "\(whole.error)")
      #expect(try arrived(folder) == Self.names)
      let request = try mirror.log().first { $0.hasPrefix("/good/train-images") }
      #expect(request?.hasSuffix(" 206") == true, "the mirror was not asked for the rest")
    }
  }

  @Test("a mirror that cannot give the rest gives the whole")
  func restarts() throws {
    try withFolder { folder in
      let mirror = try Mirror(folder)
      defer { mirror.stop() }
      let run = try Mirror.fetch(
        folder, ["--mirror", mirror.address("dies"), "--mirror", mirror.address("plain")])
      #expect(run.status == 0, "\(run.error)")
      #expect(try arrived(folder) == Self.names)
    }
  }

  @Test(
    "mirrors that have something else are told from mirrors that have nothing",
    arguments: [("garbage", 65), ("page", 65), ("truncates", 65), ("missing", 74)])
  func nothing(how: String, status: Int) throws {
    try withFolder { folder in
      let mirror = try Mirror(folder)
      defer { mirror.stop() }
      let run = try Mirror.fetch(folder, ["--quiet", "--mirror", mirror.address(how)])
      #expect(run.status == Int32(status) && oneLine(run.error), "\(run.error)")
      #expect(try arrived(folder) == [])
    }
  }

  @Test("what is there already is not fetched again, and what is damaged is")
  func repairs() throws {
    try withFolder { folder in
      let local = try Mirror.fetch(folder, ["--from", try #require(Mirror.source)])
      #expect(local.status == 0, "\(local.error)")
      let labels = URL(fileURLWithPath: folder + "/to/t10k-labels-idx1-ubyte")
      var bytes = try Data(contentsOf: labels)
      bytes[5000] ^= 1
      try bytes.write(to: labels)
      let mirror = try Mirror(folder)
      defer { mirror.stop() }
      let run = try Mirror.fetch(folder, ["--mirror", mirror.address("good")])
      #expect(run.status == 0, "\(run.error)")
      #expect(try mirror.log() == ["/good/t10k-labels-idx1-ubyte.gz 0 200"])
      let again = try Mirror.fetch(folder, ["--mirror", "http://127.0.0.1:1"])
      #expect(again.status == 0 && again.error.contains("already"), "\(again.error)")
    }
  }

  @Test(
    "wrong calls are refused in one line",
    arguments: [
      (["--mirror"], 64), (["--from", "a", "--mirror", "http://b"], 64), (["everything"], 64),
      (["--from", "nowhere"], 66), (["--from", "."], 66), (["--to", "/dev/null/x"], 73),
    ])
  func usage(arguments: [String], status: Int) throws {
    try withFolder { folder in
      let run = try Mirror.fetch(folder, arguments)
      #expect(run.status == Int32(status) && oneLine(run.error), "\(run.error)")
    }
  }

  private func arrived(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder + "/to").sorted()
  }
}

/// A server of `Tools/bad-mirror` for one test.
private struct Mirror {
  static let source = ProcessInfo.processInfo.environment["MNIST_DIR"]
  static let tools = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Tools").path

  static var isPossible: Bool {
    guard let source else { return false }
    let packed = FetchTests.names.map { "\(source)/\($0).gz" }
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let manager = FileManager.default
    return packed.allSatisfy(manager.fileExists)
      && ["curl", "python3"].allSatisfy { program in
        folders.contains { manager.isExecutableFile(atPath: "\($0)/\(program)") }
      }
  }

  private let server = Process()
  private let logFile: String
  private let port: String

  init(_ folder: String) throws {
    logFile = folder + "/.stdlog"
    let output = Pipe()
    server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    server.arguments = ["python3", Self.tools + "/bad-mirror", try #require(Self.source), logFile]
    server.standardOutput = output
    try server.run()
    var line = ""
    while !line.hasSuffix("\n") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      line += String(decoding: data, as: UTF8.self)
    }
    port = String(line.dropLast())
  }

  func address(_ how: String) -> String { "http://127.0.0.1:\(port)/\(how)" }

  func stop() {
    // Tests run on threads that block signals, and children inherit that; this one goes through.
    kill(server.processIdentifier, SIGKILL)
    server.waitUntilExit()
  }

  func log() throws -> [String] {
    try String(contentsOfFile: logFile, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// Runs fetch-mnist into `to` under a folder.
  static func fetch(_ folder: String, _ arguments: [String]) throws -> (
    status: Int32, error: String
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tools + "/fetch-mnist")
    let target = arguments.contains("--to") ? [] : ["--to", folder + "/to"]
    process.arguments = target + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let error = URL(fileURLWithPath: folder + "/.stderr")
    try Data().write(to: error)
    process.standardError = try FileHandle(forWritingTo: error)
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: error, encoding: .utf8))
  }
}
