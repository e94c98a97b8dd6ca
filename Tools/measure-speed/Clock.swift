import Foundation

/// Time since it was made, by the wall and by the processor (all threads of the process).
struct Clock {
  private let wall = Clock.seconds(CLOCK_MONOTONIC)
  private let processor = Clock.seconds(CLOCK_PROCESS_CPUTIME_ID)

  var elapsed: (wall: Double, processor: Double) {
    (Clock.seconds(CLOCK_MONOTONIC) - wall, Clock.seconds(CLOCK_PROCESS_CPUTIME_ID) - processor)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// The arguments are not those of the usage line.
struct UsageError: Error, CustomStringConvertible {
  var description: String { "wrong arguments; run it without any to see which it takes" }
}

/// A line with one object of JSON, its keys in the order given.
func printJSON(_ fields: [(String, Double)]) {
  print("{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}")
}
