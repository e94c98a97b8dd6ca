#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Waits shortly at first, for a phase that is nearly over; then leaves the processor to others.
package struct Patience {
  private var turns = 0

  package init() {}

  /// Passes some time; the longer, the more often it is called.
  package mutating func wait() {
    turns += 1
    if turns < 200 { return }
    if turns < 2200 { sched_yield() } else { usleep(100) }
  }
}
