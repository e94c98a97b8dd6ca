import Foundation
import Synchronization

/// Keeps the signals that end a process from doing so until they are released.
///
/// Blocking them would only bind the calling thread, and another would take the signal. So for a
/// moment they are noted instead, and sent again on release. `SIGXFSZ` is ignored altogether: the
/// write that caused it then fails with `EFBIG`, which says as much.
struct HeldSignals: ~Copyable {
  private static let turn = NSLock()
  private static let holding = Atomic(false)
  private static let arrived = Atomic<Int32>(0)

  private var actions: [(signal: Int32, action: sigaction)] = []

  /// Waits until no one else holds the signals, and holds them.
  init() {
    Self.turn.lock()
    // Both globals are touched here, because one is initialized at its first use, which must not
    // be in a signal handler.
    Self.holding.store(true, ordering: .sequentiallyConsistent)
    _ = Self.arrived.load(ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXFSZ] {
      var action = sigaction()
      guard unsafe sigaction(number, nil, &action) == 0 else { continue }
      if number == SIGXFSZ {
        _ = signal(number, SIG_IGN)
      } else {
        let previous = signal(number) { HeldSignals.note($0) }
        // What was ignored, as by nohup, stays ignored.
        if unsafe unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
          unsafe sigaction(number, &action, nil)
          continue
        }
      }
      actions.append((number, action))
    }
  }

  /// Lets signals do again what they did before, beginning with the one that came meanwhile.
  func release() {
    for (number, var action) in actions { unsafe sigaction(number, &action, nil) }
    Self.holding.store(false, ordering: .sequentiallyConsistent)
    Self.turn.unlock()
    Self.resend()
  }

  /// The signal handler.
  ///
  /// It may have been chosen on another thread just before the release and run just after it. Then
  /// nobody else will look at the note, and the signal is sent on from here. Either the release
  /// sees the note or this sees the release, and the exchange lets only one of them act.
  private static func note(_ number: Int32) {
    arrived.store(number, ordering: .sequentiallyConsistent)
    if !holding.load(ordering: .sequentiallyConsistent) { resend() }
  }

  private static func resend() {
    let number = arrived.exchange(0, ordering: .sequentiallyConsistent)
    // To the process, not the thread: a thread of a dispatch queue has these signals blocked.
    if number != 0 { kill(getpid(), number) }
  }
}
