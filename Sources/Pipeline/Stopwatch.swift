import Foundation

/// Measures a stretch of time by the wall and by the processor.
struct Stopwatch {
  private let start = ContinuousClock.now
  private let cpuStart = Stopwatch.processorSeconds()
  private(set) var seconds = 0.0
  private(set) var cpuSeconds = 0.0

  /// Takes the time since the stopwatch was made.
  mutating func stop() {
    let elapsed = ContinuousClock.now - start
    seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    cpuSeconds = Stopwatch.processorSeconds() - cpuStart
  }

  /// Processor time of all threads of this process.
  private static func processorSeconds() -> Double {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
