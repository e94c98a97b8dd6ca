import Board
import Int8Runtime

/// Reads the picture that the command line names as `Reader` does, step by step, and prints the instructions of each
/// step.
@main
struct Profiler {
  static func main() {
    withModelImage { image, arena in
      loadPicture(&arena)
      let clock = InstructionClock()
      image.findCenter(arena.bytes)
      var observer = StageClock(clock, center: clock.instructions)
      var work = WorkingValues()
      _ = image.classify(&arena, &work, watchedBy: &observer)
      report(observer)
    }
  }
}

/// Reads the clock between the steps of a classification.
private struct StageClock: StageObserver {
  private let clock: InstructionClock
  /// Instructions for finding the center of mass, and with it all of preprocessing; for listing, summing, activating
  /// and for the logits.
  let center: Int
  private(set) var preprocessing = 0
  private(set) var list = 0
  private(set) var hidden = 0
  private(set) var activation = 0
  private(set) var output = 0
  private var last: Int

  init(_ clock: InstructionClock, center: Int) {
    self.clock = clock
    self.center = center
    last = center
  }

  mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    let now = clock.instructions
    let passed = now &- last
    switch stage {
    case .started: break
    case .preprocessed: preprocessing &+= passed
    case .listed: list &+= passed
    case .summed: hidden &+= passed
    case .activated: activation &+= passed
    case .logit: output &+= passed
    }
    last = clock.instructions
    return true
  }

  mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool { true }
}

private func loadPicture(_ arena: inout MutableRawSpan) {
  let file = namedFile(&arena)
  // "P5\n28 28\n255\n", as infer-sim writes it.
  for _ in 0..<13 where file.next() == nil {
    stop("error=no header of 13 bytes\n", ExitCode.unreadablePicture)
  }
  if !file.read(pictureBytes, into: &arena) {
    stop("error=the picture ends early\n", ExitCode.unreadablePicture)
  }
}

private func report(_ stages: borrowing StageClock) {
  Host.print("center=")
  Host.print(stages.center)
  Host.print(" deskew=")
  Host.print(stages.preprocessing &- stages.center)
  Host.print(" list=")
  Host.print(stages.list)
  Host.print(" hidden=")
  Host.print(stages.hidden)
  Host.print(" activation=")
  Host.print(stages.activation)
  Host.print(" output=")
  Host.print(stages.output)
  stop("\n", ExitCode.success)
}
