import CommandLineSupport
import Device
import Digits
import Int8Runtime
import Page

/// Reads the pictures of a command line. One that cannot be read costs that picture only.
struct PictureReader {
  private let settings: Settings
  private let image: String
  private let classNames: [String]
  private let serial: SerialEngine?

  /// - Parameters:
  ///   - image: the model image's name, for errors.
  ///   - classNames: what its classes are called.
  ///   - serial: a node that reads the pictures, too.
  init(_ settings: Settings, _ image: String, classNames: [String], serial: SerialEngine? = nil) {
    self.settings = settings
    self.image = image
    self.classNames = classNames
    self.serial = serial
  }

  /// What the device reads and what its network saw.
  private typealias Seen = (reading: Reading, features: [UInt8])

  /// Reads all pictures, prints a line on standard error for each that cannot be read, and then what
  /// the network saw and said of the others.
  func read(on device: inout SimulatedDevice) throws(Failure) -> [PictureResult] {
    var found: [Result<NormalizedDigit, Failure>] = []
    for path in settings.pictures { found.append(open(path)) }
    let digits = found.compactMap { try? $0.get() }
    let wholes = try readings(digits.map(\.pixels), on: &device)
    let counted = try counted(digits, wholes.map(\.reading), device)
    let profiles = try profiles(digits, wholes, device)
    let splits = try readings(digits.flatMap(\.splits).flatMap(\.parts), on: &device)
      .map(\.reading.confidence)
    var results: [PictureResult] = []
    var (digit, part) = (0, 0)
    for (path, outcome) in zip(settings.pictures, found) {
      switch outcome {
      case .failure(let failure): results.append(PictureResult(path, .failure(failure)))
      case .success(let picture):
        let parts = splits[part..<part + 2 * picture.splits.count]
        let verdict = DigitCount(
          picture, whole: counted[digit].confidence, parts: Array(parts))
        results.append(
          PictureResult(
            path,
            answer(
              path, picture, (counted[digit], wholes[digit].features), verdict, profiles?[digit])))
        part += 2 * picture.splits.count
        digit += 1
      }
    }
    try show(results)
    return results
  }

  private func open(_ path: String) -> Result<NormalizedDigit, Failure> {
    do throws(DigitsError) {
      return .success(try Normalization.normalize(try PictureFile.read(path), file: path))
    } catch {
      return .failure(complain(Failure(error)))
    }
  }

  private func answer(
    _ path: String, _ picture: NormalizedDigit, _ seen: Seen, _ count: DigitCount,
    _ profile: PictureProfile?
  ) -> Result<PictureResult.Answer, Failure> {
    // What may be noise has no digits to count.
    if count == .several, !picture.isDoubtful {
      return .failure(
        complain(Failure(DigitsError.severalDigits(path))))
    }
    return .success(
      PictureResult.Answer(
        seen.reading, seen.features, classNames: classNames,
        isDoubtful: count == .doubtful || picture.isDoubtful, profile: profile))
  }

  /// Says what is wrong with a picture, and gives it back.
  private func complain(_ failure: Failure) -> Failure {
    try? StandardStream.error.write("infer-sim: \(failure.description)\n")
    return failure
  }

  /// Reads normalized pictures on the simulated chip.
  private func readings(
    _ pictures: [[UInt8]], on device: inout SimulatedDevice
  ) throws(Failure) -> [Seen] {
    var seen: [Seen] = []
    do throws(DeviceError) {
      let pixels = pictures.flatMap(\.self)
      try device.read(pixels.span) { _, reading, features in
        let bytes = (0..<features.byteCount).map {
          unsafe features.unsafeLoad(fromByteOffset: $0, as: UInt8.self)
        }
        seen.append((reading, bytes))
      }
    } catch {
      throw Failure(error, file: image)
    }
    return seen
  }

  /// Reads normalized pictures with the engine that was asked for: it is this one, or counts.
  private func counted(
    _ digits: [NormalizedDigit], _ simulated: [Reading], _ device: SimulatedDevice
  ) throws(Failure) -> [Reading] {
    guard !digits.isEmpty else { return [] }
    var runs: [(logits: HostLogits, count: Int)] = []
    if let serial {
      for (index, digit) in digits.enumerated() {
        let answer = try serial.read(
          digit.pixels, expected: simulated[index].logits, name: "picture \(index)")
        runs.append((answer.logits, answer.ticks))
      }
    } else if settings.engine == .qemu {
      for run in try Emulation(settings, device).read(digits.map(\.pixels)) {
        runs.append((run.logits, run.instructions))
      }
    } else {
      return simulated
    }
    do throws(DeviceError) {
      return try runs.map { run throws(DeviceError) in
        try device.reading(run.logits, instructions: run.count)
      }
    } catch {
      throw Failure(error, file: image)
    }
  }

  /// What each step takes of each picture, if that is asked for.
  private func profiles(
    _ digits: [NormalizedDigit], _ seen: [Seen], _ device: SimulatedDevice
  ) throws(Failure) -> [PictureProfile]? {
    guard settings.profile else { return nil }
    let counted =
      settings.engine == .qemu && !digits.isEmpty
      ? try Emulation(settings, device).profile(digits.map(\.pixels)) : nil
    return digits.indices.map { index in
      let ink = InkCounts(pixels: digits[index].pixels, features: seen[index].features)
      return PictureProfile(ink, device, counted: counted?[index])
    }
  }

  private func show(_ results: [PictureResult]) throws(Failure) {
    guard !settings.json else { return }
    let terminal = Terminal(.output)
    for result in results {
      try StandardStream.output.write(result.text(terminal, drawn: !settings.quiet))
    }
  }
}
