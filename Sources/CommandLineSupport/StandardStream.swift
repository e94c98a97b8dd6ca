import Foundation

/// Standard output and standard error, written whole and with errors that are noticed.
///
/// `print` drops what it cannot write, and a reader that has gone kills the process. A command
/// whose result did not arrive should say so, with exit code 74.
package enum StandardStream: Int32, Sendable {
  /// Standard output, for results.
  case output = 1

  /// Progress and complaints.
  case error = 2

  /// Whether a person is likely to be looking.
  package var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes the whole text, or says why that was not possible.
  ///
  /// From the first call on, the process ignores `SIGPIPE`: a closed pipe is an error to report,
  /// not a reason to vanish.
  package func write(_ text: String) throws(Failure) {
    _ = Self.brokenPipesAreErrors
    var text = text
    let problem = text.withUTF8 { unsafe writeFully(rawValue, UnsafeRawBufferPointer($0)) }
    guard let problem else { return }
    let name = self == .output ? "standard output" : "standard error"
    let advice = problem == EPIPE ? "its reader has gone" : reason(problem)
    throw Failure(.io, "\(name): \(advice)")
  }

  private static let brokenPipesAreErrors: Void = {
    _ = signal(SIGPIPE, SIG_IGN)
  }()

  /// Opens `/dev/null` in place of standard streams that the process was started without.
  ///
  /// Otherwise the next file to be opened takes their number, and a line meant for people lands
  /// in it. Opened for reading, so that a result that goes nowhere is still an error.
  static func reserveDescriptors() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", O_RDONLY)
    }
  }
}

extension StandardStream {
  /// Tells a person something on standard error, even who wants no progress.
  package static func tell(_ note: String, by program: String) {
    // Nobody can be told that standard error is closed.
    try? error.write("\(program): \(note.escapingControls())\n")
  }
}

/// Writes all of `bytes`, in as many pieces as it takes, and returns nil or the `errno` of failure.
func writeFully(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32? {
  var rest = unsafe bytes[...]
  while unsafe !rest.isEmpty {
    let count = unsafe write(
      descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
    if count >= 0 {
      unsafe rest = unsafe rest.dropFirst(count)
    } else if errno == EAGAIN {
      // Someone made the terminal or pipe non-blocking; wait until it takes more.
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = unsafe poll(&waiting, 1, -1)
    } else if errno != EINTR {
      return errno
    }
  }
  return nil
}

/// The system's words for an `errno`, beginning in lower case to stand inside a sentence.
func reason(_ code: Int32) -> String {
  let text = unsafe String(cString: strerror(code))
  return text.prefix(1).lowercased() + text.dropFirst()
}
