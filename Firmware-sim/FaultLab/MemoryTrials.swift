import Device
import Int8Runtime
import SIMDMath

/// What a device said of a picture while something was wrong with it.
package enum FaultyAnswer: Sendable, Equatable {
  /// The digit that it says without the fault.
  case right
  /// Another digit, and no word of warning.
  case wrong(Int)
  /// That it is unsure, since a check failed.
  case unsure(DetectedFault)
  /// Nothing: a hard fault, and it starts again.
  case hardFault
}

/// Flips bits in the working memory of one chip while it reads pictures.
package struct MemoryTrials: Sendable {
  /// The chip whose memory is hit.
  package let profile: Profile
  let image: [UInt8]
  /// The model's sizes.
  package let shape: ModelShape

  /// Which faults are tried: number 0 ..< `count` of a seed.
  package struct Faults: Sendable {
    let count: Int
    let seed: UInt64
    let bits: Int
    let targets: [MemoryTarget]

    /// Faults number 0 ..< `count` of a seed.
    ///
    /// - Parameters:
    ///   - bits: how many neighboring bits flip at once.
    ///   - targets: what they hit, each as likely as the others.
    package init(
      count: Int, seed: UInt64, bits: Int = 1, targets: [MemoryTarget] = MemoryTarget.allCases
    ) {
      self.count = count
      self.seed = seed
      self.bits = bits
      self.targets = targets
    }
  }

  /// What a row of trials came to.
  package struct Tally: Sendable, Equatable {
    /// How many faults.
    package var faults = 0
    /// Wrong digits without a warning.
    package var wrong = 0
    /// Answers withheld.
    package var unsure = 0
    /// Hard faults.
    package var hardFaults = 0
    /// Wrong digits without a warning, for each target.
    package var wrongByTarget: [MemoryTarget: Int] = [:]
    /// Faults in each target.
    package var faultsByTarget: [MemoryTarget: Int] = [:]
    /// Instructions from the fault to its detection, over all detected.
    package var detectionInstructions = 0
    /// The most of them.
    package var slowestDetection = 0
    /// Pictures without any fault on which a check failed.
    package var falseAlarms = 0

    mutating func add(_ answer: FaultyAnswer, _ target: MemoryTarget, latency: Int) {
      faults += 1
      faultsByTarget[target, default: 0] += 1
      switch answer {
      case .right: break
      case .wrong:
        wrong += 1
        wrongByTarget[target, default: 0] += 1
      case .unsure:
        unsure += 1
        detectionInstructions += latency
        slowestDetection = max(slowestDetection, latency)
      case .hardFault: hardFaults += 1
      }
    }
  }

  /// Trials with an image that opens, on a chip that holds it.
  package init(_ image: [UInt8], on profile: Profile) throws(DeviceError) {
    shape = try SimulatedDevice(image, on: profile).shape
    let needed = GuardedLayout(shape, .all).total + Footprint.of(profile.core).stackBytes
    guard needed <= profile.ramBytes else {
      throw .ramTooSmall(needed: needed, available: profile.ramBytes, chip: profile.title)
    }
    self.image = image
    self.profile = profile
  }

  /// Tries faults, each in the reading of one of the pictures.
  ///
  /// - Parameters:
  ///   - pictures: 784 bytes each.
  ///   - progress: is told how many are done.
  package func run(
    _ faults: Faults, _ countermeasures: Countermeasures, pictures: [UInt8],
    progress: (Int) -> Void = { _ in }
  ) throws(DeviceError) -> Tally {
    let number = pictures.count / pictureBytes
    var tally = Tally()
    try withBench { bench in
      let clean = (0..<number).map { bench.read(pictures, $0, countermeasures, fault: nil) }
      tally.falseAlarms = clean.count { $0.answer.index == nil }
      let unhurt = (0..<number).map { bench.read(pictures, $0, .none, fault: nil) }
      for index in 0..<faults.count {
        var random = Random(seed: faults.seed, stream: 0x5352_414D, index: UInt64(index))
        let target = faults.targets[random.below(faults.targets.count)]
        let picture = random.below(number)
        let fault = MemoryFault(
          target,
          in: (unhurt[picture].injector.lists, shape.classes, countermeasures.passes),
          bits: faults.bits, random: &random)
        let (answer, injector) = bench.read(pictures, picture, countermeasures, fault: fault)
        tally.add(
          outcome(answer, injector, unhurt[picture].answer.index), target, latency: injector.latency
        )
        progress(index)
      }
    }
    return tally
  }

  /// One fault, or none, in the reading of one picture.
  ///
  /// - Returns: what the device says, how many instructions after the fault, and what it says without.
  package func one(
    _ target: MemoryTarget?, _ countermeasures: Countermeasures, picture: [UInt8], bits: Int = 1,
    random: inout Random
  ) throws(DeviceError) -> (answer: FaultyAnswer, latency: Int, expected: Int) {
    var result: (FaultyAnswer, Int, Int) = (.right, 0, 0)
    try withBench { bench in
      let unhurt = bench.read(picture, 0, .none, fault: nil)
      let fault = target.map {
        MemoryFault(
          $0, in: (unhurt.injector.lists, shape.classes, countermeasures.passes), bits: bits,
          random: &random)
      }
      let (answer, injector) = bench.read(picture, 0, countermeasures, fault: fault)
      let expected = bench.digit(picture)
      result = (outcome(answer, injector, expected), injector.latency, expected)
    }
    return result
  }

  /// Nonzero pairs and instructions of the mean picture, without countermeasures.
  func meanPicture(_ pictures: [UInt8]) throws(DeviceError) -> (pairs: Int, instructions: Int) {
    let number = pictures.count / pictureBytes
    var (pairs, instructions) = (0, 0)
    try withBench { bench in
      for index in 0..<number {
        let (_, injector) = bench.read(pictures, index, .none, fault: nil)
        pairs += injector.pairs
        instructions += injector.instructions
      }
    }
    return (pairs / max(1, number), instructions / max(1, number))
  }

  func outcome(
    _ answer: GuardedAnswer, _ injector: FaultInjector, _ expected: Int?
  ) -> FaultyAnswer {
    switch answer {
    case .sure(let index): index == expected ? .right : .wrong(index)
    case .unsure(let detected): .unsure(detected)
    case .abandoned: .hardFault
    }
  }

  /// Opens the image once for many trials.
  func withBench(_ body: (inout TrialBench) -> Void) throws(DeviceError) {
    let flash = image + [UInt8](repeating: 0xFF, count: profile.flashBytes - image.count)
    do {
      var bench = unsafe TrialBench(
        image: try ModelImage(flash.span.bytes.extracting(0..<image.count)), profile)
      body(&bench)
    } catch { throw .image(error) }
  }
}

extension Countermeasures {
  /// How often they have a picture classified.
  var passes: Int { contains(.duplicate) ? 2 : 1 }
}
