/// There is no clock: the page has one of its own.
struct Stopwatch {
  private(set) var seconds = 0.0
  private(set) var cpuSeconds = 0.0

  mutating func stop() {}
}
