import CommandLineSupport
import Device
import Digits
import FaultLab
import Foundation
import Int8Runtime

/// Damages the device in every way there is, and reports what it does; or runs it for a long time.
func reportFaults(_ settings: Settings, _ image: (name: String, bytes: [UInt8])) throws(Failure) {
  let digits = try digitsToTry(settings, image)
  if let plot = settings.plot {
    var inputs = settings.pictures.map { NamedFile("the picture", $0) }
    inputs.append(NamedFile("--flash", image.name))
    inputs +=
      settings.dataset.map { DataSet.files(at: $0).map { NamedFile("--dataset", $0) } } ?? []
    try DistinctFiles.check(outputs: [NamedFile("--plot", plot)], inputs: inputs)
    try AtomicFile.check(plot, bytes: 1 << 14)
  }
  if let count = settings.longRun {
    try runLong(settings, image, digits, count)
    guard settings.faultReport else { return }
  }
  let bar = ProgressBar(quiet: settings.quiet || settings.json)
  let report: FaultReport
  do throws(DeviceError) {
    report = try FaultReport(
      image.bytes, on: settings.device,
      pictures: LabeledPictures(pixels: digits.pixels, labels: digits.labels),
      faults: settings.faults, seed: settings.seed
    ) { bar.update(fraction: $1, label: $0) }
  } catch { throw Failure(error, file: image.name) }
  bar.finish()
  if settings.json {
    try JSONOutput.print(FaultSummary(report))
  } else {
    let title = "\(settings.device.title), \(image.name.escapingControls()), \(digits.name)"
    try StandardStream.output.write(
      "\(title), \(NumberText.count(digits.count)) digits, seed \(settings.seed).\n\n"
        + report.text(settings.device))
  }
  if let plot = settings.plot {
    try AtomicFile.write(Array(FaultPlot(report.rot, title: digits.name).svg.utf8), to: plot)
  }
}

private func runLong(
  _ settings: Settings, _ image: (name: String, bytes: [UInt8]), _ digits: DigitSet, _ count: Int
) throws(Failure) {
  let bar = ProgressBar(quiet: settings.quiet || settings.json)
  let run = LongRun(image.bytes, on: settings.device, pictures: digits.pixels)
  let tally: LongRun.Tally
  do throws(DeviceError) {
    tally = try run.run(count, memory: residentBytes) {
      bar.update(fraction: Double($0) / Double(count), label: "inference \($0)")
    }
  } catch { throw Failure(error, file: image.name) }
  bar.finish()
  if settings.json && !settings.faultReport {
    try JSONOutput.print(LongRunSummary(tally))
  } else if !settings.json {
    try StandardStream.output.write(tally.text)
  }
  guard tally.isFaultless else {
    throw Failure(.data, "\(image.name): the long run was not as it should be; see above")
  }
}

/// Test digits of a data set, or what the project draws itself.
private func digitsToTry(
  _ settings: Settings, _ image: (name: String, bytes: [UInt8])
) throws(Failure) -> DigitSet {
  let classNames: [String]
  do throws(DeviceError) {
    classNames = try SimulatedDevice(image.bytes, on: settings.device).classNames
  } catch { throw Failure(error, file: image.name) }
  // As many as keep the accuracy's error below half a percent.
  let count = 1000
  guard let folder = settings.dataset else {
    guard classNames == ClassNames.digits else {
      throw Failure(
        .usage, "\(image.name): has other classes than digits; give pictures of them with --dataset"
      )
    }
    return Handwriting(seed: settings.seed).set(count: count, stream: .test)
  }
  let all = try testDigits(folder, settings, classNames: classNames)
  // Evenly spread: the first half of MNIST's test digits is easier than the second.
  let indices = (0..<min(count, all.count)).map { $0 * all.count / min(count, all.count) }
  let pixels = indices.flatMap { all.pixels[pictureBytes * $0..<pictureBytes * ($0 + 1)] }
  return DigitSet(
    pixels: pixels, labels: indices.map { all.labels[$0] }, name: all.name,
    classNames: all.classNames)
}

/// The most memory that this process has ever held, in bytes.
private func residentBytes() -> Int {
  var usage = rusage()
  #if canImport(Darwin)
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0
  #else
    // Linux counts in kilobytes.
    return unsafe getrusage(RUSAGE_SELF.rawValue, &usage) == 0 ? usage.ru_maxrss * 1024 : 0
  #endif
}
