import Foundation
import Synchronization

/// Lets Ctrl-C, Ctrl-\, SIGTERM and a terminal that is closed end a long task in an orderly way.
///
/// The first such signal is noted, for the task to look at when it can stop; the second ends the process
/// at once.
package enum Interruption {
  private static let arrived = Atomic<Int32>(0)

  /// Notes signals from now on. One that the process was started to ignore, as by nohup, stays ignored.
  package static func watch() {
    // Touched here, because a global is initialized at its first use, which must not be in a handler.
    arrived.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
      var before = sigaction()
      guard unsafe sigaction(number, nil, &before) == 0 else { continue }
      let previous = signal(number) { Interruption.note($0) }
      if unsafe unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        unsafe sigaction(number, &before, nil)
      }
    }
  }

  /// Lets Ctrl-\ end the process, as it does any other; Swift's runtime would print a backtrace and go on.
  /// Where it was ignored, as for what runs in the background of a script, it stays so.
  static func quitAsUsual() {
    let previous = signal(SIGQUIT, SIG_DFL)
    if unsafe unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
      _ = signal(SIGQUIT, SIG_IGN)
    }
  }

  /// Whether a signal has come. Cheap, for a hot loop.
  package static var hasCome: Bool { arrived.load(ordering: .relaxed) != 0 }

  /// How a process ends that a signal has interrupted: 128 and the signal's number.
  package static var code: ExitCode {
    ExitCode(rawValue: 128 + arrived.load(ordering: .relaxed)) ?? .interrupted
  }

  /// The signal handler.
  private static func note(_ number: Int32) {
    guard arrived.exchange(number, ordering: .relaxed) != 0 else { return }
    _ = signal(number, SIG_DFL)
    kill(getpid(), number)
  }
}
