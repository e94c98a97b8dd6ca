import Foundation

/// A program that turns bytes on its standard input into bytes on its standard output, bounded in time
/// and memory. It learns no name of a user's file.
struct ExternalProgram {
  let path: String
  let arguments: [String]

  /// The most processor seconds, and the most memory in kilobytes, where the system can bound it.
  private static let seconds = 20
  private static let kilobytes = 2_000_000

  /// What it makes of some bytes.
  ///
  /// - Parameter failure: what to throw when it ends with an error.
  func output(
    of bytes: [UInt8], limit: Int, file: String, failure: () -> DigitsError
  ) throws(DigitsError) -> [UInt8] {
    // From a file without a name: a pipe would have to be filled and emptied at the same time.
    let input = try ExternalProgram.nameless(bytes, file: file)
    defer { close(input) }
    // Signaled when the program has ended: `waitUntilExit` looks only every 50 milliseconds.
    let ended = DispatchSemaphore(value: 0)
    let (process, pipe) = prepared(input, ended)
    do { try process.run() } catch { throw failure() }
    let descriptor = fcntl(pipe.fileHandleForReading.fileDescriptor, F_DUPFD_CLOEXEC, 3)
    // The pipe ends when the last handle to write into it is closed; ours is one.
    try? pipe.fileHandleForWriting.close()
    try? pipe.fileHandleForReading.close()
    guard descriptor >= 0 else {
      stop(process, ended)
      throw failure()
    }
    let stream = ByteStream(file: file, adopting: descriptor, size: nil)
    var result: [UInt8] = []
    do throws(DigitsError) {
      try stream.read(upTo: limit + 1, into: &result)
    } catch {
      stop(process, ended)
      throw .malformed(file, "takes \(path) too long", "convert it to PGM yourself")
    }
    guard result.count <= limit, ended.wait(timeout: .now() + .seconds(5)) == .success else {
      stop(process, ended)
      throw .malformed(file, "becomes too large in \(path)", "give a smaller picture")
    }
    let isWell = process.terminationReason == .exit && process.terminationStatus == 0
    guard isWell else { throw failure() }
    return result
  }

  /// The program with its bounds, its input and a pipe for its output, not yet started.
  private func prepared(_ input: Int32, _ ended: DispatchSemaphore) -> (Process, Pipe) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let bounds = "ulimit -v \(Self.kilobytes) 2>/dev/null; ulimit -t \(Self.seconds) 2>/dev/null; "
    process.arguments = ["-c", bounds + "exec \"$@\"", "sh", path] + arguments
    process.standardInput = FileHandle(fileDescriptor: input, closeOnDealloc: false)
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.terminationHandler = { _ in ended.signal() }
    return (process, pipe)
  }

  private func stop(_ process: Process, _ ended: DispatchSemaphore) {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    _ = ended.wait(timeout: .now() + .seconds(5))
  }

  /// An open file that holds bytes and is gone when it is closed.
  private static func nameless(_ bytes: [UInt8], file: String) throws(DigitsError) -> Int32 {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array("\(folder)/simdigit-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw noRoom(file, folder) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        close(descriptor)
        throw noRoom(file, folder)
      }
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private static func noRoom(_ file: String, _ folder: String) -> DigitsError {
    DigitsError(
      kind: .unreadable, file: file, problem: "cannot be converted: no room in \(folder)",
      advice: "set TMPDIR to a folder with room")
  }
}
