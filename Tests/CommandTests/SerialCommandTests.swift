import Foundation
import Testing

/// A Unix socket that says the same to everything it hears, or nothing.
private final class Listener: @unchecked Sendable {
  private let descriptor: Int32

  init(_ path: String, saying bytes: [UInt8]) throws {
    #if os(Linux)
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(path.utf8)
    try #require(name.count < MemoryLayout.size(ofValue: address.sun_path))
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0 && listen(descriptor, 1) == 0)
    let listening = descriptor
    Thread.detachNewThread {
      let line = accept(listening, nil, nil)
      var heard = [UInt8](repeating: 0, count: 4096)
      while read(line, &heard, heard.count) > 0 {
        if !bytes.isEmpty { _ = bytes.withUnsafeBytes { write(line, $0.baseAddress, $0.count) } }
      }
      close(line)
    }
  }

  deinit { close(descriptor) }
}

@Suite("infer-sim at a serial line") struct SerialCommandTests {
  /// Runs it with a port, and expects one line and a code.
  private func expect(
    _ arguments: [String], in folder: String, _ status: Int32, _ text: String
  ) throws {
    let result = try Command.infer.run(arguments, in: folder)
    #expect(result.status == status, "\(result.error)")
    #expect(result.error.contains(text), "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1, "\(result.error)")
    #expect(result.output == "")
  }

  @Test func `what asks for nothing together is refused`() throws {
    try withFolder { folder in
      try expect(["--port", "x", "digit.pgm"], in: folder, 64, "add --engine serial")
      try expect(["--update", "x", "digit.pgm"], in: folder, 64, "add --engine serial")
      try expect(["--engine", "serial", "digit.pgm"], in: folder, 64, "wants --port PATH")
      let port = ["--engine", "serial", "--port", "x"]
      try expect(port + ["--long-run", "5"], in: folder, 64, "damages nothing")
      try expect(port + ["--update", "a", "--flash", "b"], in: folder, 64, "leave out --flash")
    }
  }

  @Test func `a port that is none is said to be so`() throws {
    try withFolder { folder in
      try Data().write(to: URL(fileURLWithPath: folder + "/file"))
      let cases: [(String, Int32, String)] = [
        ("none", 66, "no such port"), ("file", 65, "neither a serial port nor a socket"),
        ("/dev/null", 65, "not a serial port"),
      ]
      for (port, status, text) in cases {
        try expect(["--engine", "serial", "--port", port, "digit.pgm"], in: folder, status, text)
      }
    }
  }

  @Test(arguments: [([], 74, "no answer in 3 tries"), (Array("login: ".utf8), 65, "is no answer")])
  func `a line on which no node answers is given up`(
    bytes: [UInt8], status: Int32, text: String
  ) throws {
    // A socket's name is short.
    let folder = "/tmp/line-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let listener = try Listener(folder + "/port", saying: bytes)
    try withExtendedLifetime(listener) {
      try expect(
        ["--engine", "serial", "--port", "port", "digit.pgm"], in: folder, status, text)
    }
  }
}
