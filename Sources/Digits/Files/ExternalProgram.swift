import CommandLineSupport
import Foundation

/// A program that turns bytes on its standard input into bytes on its standard output, bounded in time
/// and memory. It learns no name of a user's file.
struct ExternalProgram {
  let path: String
  let arguments: [String]

  /// The most processor seconds, and the most memory in kilobytes, where the system can bound it.
  private static let seconds = 20
  private static let kilobytes = 2_000_000
  /// How long it may take to end after its last byte, in seconds.
  private static let patience = 5.0

  /// What it makes of some bytes; nil if it ends with an error, since it cannot read them.
  ///
  /// - Throws: ``DigitsError`` if it cannot be started, takes too long, or writes more than `limit` bytes.
  func output(of bytes: [UInt8], limit: Int, file: String) throws(DigitsError) -> [UInt8]? {
    // From a file without a name: a pipe would have to be filled and emptied at the same time.
    let input = try ExternalProgram.nameless(bytes, file: file)
    defer { close(input) }
    let (program, output) = try start(input, file: file)
    let stream = ByteStream(file: file, adopting: output, size: nil)
    var result: [UInt8] = []
    do throws(DigitsError) {
      try stream.read(upTo: limit + 1, into: &result)
    } catch {
      guard error.kind == .unreadable else { throw error }
      throw .malformed(file, "takes \(path) too long", "convert it to PGM yourself")
    }
    guard result.count <= limit else {
      throw .malformed(file, "becomes too large in \(path)", "give a smaller picture")
    }
    return program.wait(seconds: Self.patience) == .exited(0) ? result : nil
  }

  /// The program at work with its bounds, and the descriptor of its output.
  private func start(
    _ input: Int32, file: String
  ) throws(DigitsError) -> (ChildProcess, Int32) {
    let bounds = "ulimit -v \(Self.kilobytes) 2>/dev/null; ulimit -t \(Self.seconds) 2>/dev/null; "
    let words = ["-c", bounds + "exec \"$@\"", "sh", path] + arguments
    do throws(Failure) {
      let pipe = try ChildProcess.pipe()
      defer { close(pipe.write) }
      do throws(Failure) {
        return (try ChildProcess("/bin/sh", words, input: input, output: pipe.write), pipe.read)
      } catch {
        close(pipe.read)
        throw error
      }
    } catch {
      throw DigitsError(
        kind: .exhausted, file: file, problem: "cannot be given to \(path): \(error.message)",
        advice: "or convert it to PGM yourself")
    }
  }

  /// An open file that holds bytes and is gone when it is closed.
  private static func nameless(_ bytes: [UInt8], file: String) throws(DigitsError) -> Int32 {
    let folder = FileManager.default.temporaryDirectory.path
    var template = Array("\(folder)/simdigit-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { throw notWritten(file, folder, errno) }
    unsafe unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(descriptor)
        throw notWritten(file, folder, code)
      }
      written += count
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private static func notWritten(_ file: String, _ folder: String, _ code: Int32) -> DigitsError {
    let isFolder = code != EMFILE && code != ENFILE
    return DigitsError(
      kind: .unreadable, file: file,
      problem: unsafe "cannot be converted: \(folder): \(String(cString: strerror(code)))",
      advice: isFolder ? "set TMPDIR to a folder with room" : "raise the limit (ulimit -n)")
  }
}
