import CommandLineSupport
import Device
import Digits
import FaultLab
import Int8Runtime
import SIMDMath

/// What one fault came to.
struct InjectionResult: Encodable {
  let fault: String
  let image: String
  /// What noticed it; nothing if nothing did.
  var detected: String?
  /// Estimated instructions from the fault until it was noticed.
  var instructions: Int?
  /// The same as time, or the time on the line.
  var microseconds: Double?
  /// The digit said, or why there is none.
  var answer: String
  /// The digit said without the fault.
  let expected: Int

  func text() -> String {
    var line = "\(image.escapingControls()), \(fault): "
    line += detected.map { "\($0)" } ?? "not noticed"
    if let instructions { line += ", after \(NumberText.count(instructions)) instructions" }
    if let microseconds {
      line += " (\(NumberText.fixed(microseconds, decimals: 1)) us)"
    }
    return line + "; the device says \(answer), without the fault \(expected).\n"
  }
}

/// Injects one fault into the reading of each picture.
func inject(
  _ injection: Injection, _ settings: Settings, _ image: (name: String, bytes: [UInt8])
) throws(Failure) {
  var results: [InjectionResult] = []
  for path in settings.pictures {
    let pixels: [UInt8]
    do throws(DigitsError) {
      pixels = try Normalization.normalize(try PictureFile.read(path), file: path).pixels
    } catch { throw Failure(error) }
    do throws(DeviceError) {
      let bench = InjectionBench(injection, settings, image.bytes, pixels)
      results.append(try bench.result(path))
    } catch { throw Failure(error, file: image.name) }
  }
  guard !results.isEmpty else {
    throw Failure(.usage, "--inject needs a picture, as in: infer-sim --inject hang digit.pgm")
  }
  if settings.json {
    try JSONOutput.print(["results": results])
  } else {
    for result in results { try StandardStream.output.write(result.text()) }
  }
}

/// One picture, one chip, one fault.
private struct InjectionBench {
  let injection: Injection
  let chip: Profile
  let seed: UInt64
  let image: [UInt8]
  let pixels: [UInt8]

  init(_ injection: Injection, _ settings: Settings, _ image: [UInt8], _ pixels: [UInt8]) {
    (self.injection, self.image, self.pixels) = (injection, image, pixels)
    (chip, seed) = (settings.device, settings.seed)
  }

  func result(_ path: String) throws(DeviceError) -> InjectionResult {
    let trials = try MemoryTrials(image, on: chip)
    var random = Random(seed: seed)
    let expected = try trials.one(nil, .none, picture: pixels, random: &random).expected
    var result = InjectionResult(
      fault: injection.text, image: path, answer: "\(expected)", expected: expected)
    switch injection.kind {
    case .memory(let target, let bits): try hitMemory(target, bits, trials, &result)
    case .stuck(let value): try hitCell(value, trials, &result)
    case .flash(let damage):
      var random = Random(seed: seed, stream: 0x494E_4A45)
      let damaged = FlashTrials(image).damaged(damage, &random)
      if let refusal = FlashTrials.refusal(damaged) {
        result.detected = "refused at boot (\(refusal.explanation))"
        result.answer = "nothing"
        set(&result, CountermeasureCost.crc(image.count))
      }
    case .rot(let bits): try rot(bits, &result)
    case .frame(let damage): sendFrame(damage, &result)
    case .stop(let stop): try halt(stop, &result)
    case .update: try cutUpdate(&result)
    }
    return result
  }

  private func set(_ result: inout InjectionResult, _ instructions: Int) {
    result.instructions = instructions
    result.microseconds =
      Double(instructions) * Reading.cyclesPerInstruction * 1e6 / Double(chip.clockHertz)
  }

  private func hitMemory(
    _ target: MemoryTarget, _ bits: Int, _ trials: MemoryTrials, _ result: inout InjectionResult
  ) throws(DeviceError) {
    var random = Random(seed: seed, stream: 0x494E_4A45, index: UInt64(injection.offset ?? 0))
    let outcome = try trials.one(
      target, injection.countermeasures, picture: pixels, bits: bits, random: &random)
    say(outcome.answer, outcome.latency, &result)
  }

  private func hitCell(
    _ value: Bool, _ trials: MemoryTrials, _ result: inout InjectionResult
  ) throws(DeviceError) {
    var random = Random(seed: seed, stream: 0x494E_4A45)
    let cell = injection.offset ?? random.below(8 * ArenaLayout(trials.shape).total)
    let outcome = try trials.one(
      stuck: MemoryFault(cell: cell, stuckAt: value), injection.countermeasures, picture: pixels)
    say(outcome.answer, outcome.latency, &result)
    guard outcome.atBoot else { return }
    result.detected = "the self-test at boot"
    result.answer = "nothing"
    (result.instructions, result.microseconds) = (nil, nil)
  }

  private func say(_ answer: FaultyAnswer, _ latency: Int, _ result: inout InjectionResult) {
    switch answer {
    case .right: break
    case .wrong(let digit): result.answer = "\(digit)"
    case .unsure(let detected):
      result.detected = "\(detected.explanation)"
      result.answer = "unsure"
      set(&result, latency)
    case .hardFault:
      result.detected = "hard fault, and it starts again"
      result.answer = "nothing"
      set(&result, latency)
    }
  }

  private func rot(_ bits: Int, _ result: inout InjectionResult) throws(DeviceError) {
    do throws(ModelImageError) {
      let row = try RotTrials(image).row(
        flips: bits, trials: 1,
        pictures: LabeledPictures(pixels: pixels, labels: [UInt8(result.expected)]), seed: seed)
      result.answer = row.accuracy == 1 ? "\(result.expected)" : "another digit until then"
      if row.found == 1 {
        result.detected = "the scrubber, \(row.mostInferences) inferences later"
      }
    } catch { throw .image(error) }
  }

  private func sendFrame(_ damage: SerialLink.Damage, _ result: inout InjectionResult) {
    let tally = FrameTrials().run(damage, count: 1, pictures: pixels, seed: seed)
    guard tally.named == 1 else { return }
    result.detected = "the frame is dropped"
    result.microseconds = Double(tally.microseconds)
    result.answer = "\(result.expected) when the frame is sent again"
  }

  private func halt(
    _ stop: StopTrials.Stop, _ result: inout InjectionResult
  ) throws(DeviceError) {
    let trials = StopTrials(image, on: chip)
    let steps = try trials.steps(injection.countermeasures, picture: pixels)
    var random = Random(seed: seed, stream: 0x494E_4A45)
    let step = min(injection.offset ?? random.below(steps), steps - 1)
    let tally = try trials.run(
      stop, injection.countermeasures, picture: pixels, only: step, seed: seed)
    result.detected =
      (stop == .hang ? "the watchdog" : "it starts again when power is back")
      + ", at step \(step) of \(steps)"
    if stop == .hang { set(&result, tally.instructions) }
    result.answer = tally.same == 1 ? "\(result.expected) when asked again" : "nothing"
  }

  private func cutUpdate(_ result: inout InjectionResult) throws(DeviceError) {
    do throws(Slots.UpdateError) {
      let trials = try PowerTrials(from: image, to: PowerTrials.variant(of: image), seed: seed)
      let writes = try trials.writes()
      var random = Random(seed: seed, stream: 0x494E_4A45)
      let write = min(injection.offset ?? random.below(writes), writes - 1)
      let booted = trials.cut(write, .within).booted
      result.detected = "power failed at write \(write) of \(writes); booted the \(booted) image"
    } catch { throw .update(error) }
  }
}
