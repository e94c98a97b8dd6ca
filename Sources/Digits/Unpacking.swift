import Foundation

/// The system's gzip at work: it reads the file itself and hands the unpacked bytes over through a
/// pipe, which the caller may stop reading at any time.
struct Unpacking: ~Copyable {
  private let process: Process
  /// Signaled when the program has ended: `waitUntilExit` looks only every 50 milliseconds.
  private let ended = DispatchSemaphore(value: 0)
  private let file: String
  /// The unpacked bytes, as they come.
  let output: ByteStream

  /// Starts unpacking a file.
  ///
  /// - Parameter searchPath: folders to look for `gzip` in, separated by colons.
  init(
    _ packed: borrowing ByteStream,
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  ) throws(DigitsError) {
    let name = packed.file
    guard let gzip = Unpacking.program("gzip", in: searchPath) else {
      throw Unpacking.failure(name, "cannot be unpacked without the program gzip")
    }
    let pipe = Pipe()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: gzip)
    process.arguments = ["-dc"]
    // The open file rather than its name, which might look like an option.
    process.standardInput = FileHandle(fileDescriptor: packed.descriptor, closeOnDealloc: false)
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.terminationHandler = { [ended] _ in ended.signal() }
    do {
      try process.run()
    } catch {
      throw Unpacking.failure(name, "cannot be unpacked: \(gzip) does not start")
    }
    let descriptor = fcntl(pipe.fileHandleForReading.fileDescriptor, F_DUPFD_CLOEXEC, 3)
    // The pipe ends when the last handle to write into it is closed; ours is one.
    try? pipe.fileHandleForWriting.close()
    try? pipe.fileHandleForReading.close()
    self.process = process
    self.file = name
    self.output = ByteStream(file: name, adopting: descriptor, size: nil)
  }

  /// Ends the program.
  ///
  /// - Throws: ``DigitsError`` if the file was not gzip's, or broken. Being stopped while there is
  ///   still something to unpack is no failure.
  func finish() throws(DigitsError) {
    var rest: [UInt8] = []
    try output.read(upTo: 1, into: &rest)
    guard rest.isEmpty else {
      // It may have inherited a mask that blocks gentler signals.
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      ended.wait()
      return
    }
    ended.wait()
    // 2 is a warning: zeros after the end, for example.
    guard process.terminationStatus == 0 || process.terminationStatus == 2 else {
      throw Unpacking.failure(file, "is not what gzip can unpack")
    }
  }

  private static func program(_ name: String, in searchPath: String) -> String? {
    searchPath.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func failure(_ file: String, _ problem: String) -> DigitsError {
    .malformed(file, problem, "unpack it yourself, or download it again")
  }
}
