import CommandLineSupport
import Device
import Digits
import Foundation
import Int8Runtime
import Pipeline

/// Reads the pictures, or the data set, on the device and reports.
func infer(_ settings: Settings) throws(Failure) {
  if settings.listDevices {
    let list = DeviceList()
    if settings.json {
      try JSONOutput.print(list)
    } else {
      try StandardStream.output.write(list.text)
    }
    return
  }
  try checkCombinations(settings)
  if settings.faultReport || settings.longRun != nil {
    try reportFaults(settings, try modelImage(settings.flash))
    return
  }
  if try export(settings), settings.dataset == nil, settings.pictures.isEmpty { return }
  guard settings.dataset != nil || !settings.pictures.isEmpty || settings.update != nil else {
    throw Failure(.usage, "no picture; name one, as in: infer-sim digit.pgm (see --help)")
  }
  let image = try modelImage(settings.update ?? settings.flash)
  if let injection = settings.inject {
    try inject(injection, settings, image)
  } else {
    try answer(settings, image)
  }
}

/// Refuses options that ask for nothing together, or for what there is not.
private func checkCombinations(_ settings: Settings) throws(Failure) {
  if settings.plot != nil && !settings.faultReport {
    throw Failure(.usage, "--plot draws what --fault-report finds; give both")
  }
  if settings.profile && settings.pictures.isEmpty {
    throw Failure(
      .usage, "--profile says what a picture takes; name one, as in: --profile digit.pgm")
  }
  if settings.engine == .qemu
    && (settings.faultReport || settings.longRun != nil || settings.inject != nil)
  {
    throw Failure(
      .usage, "--engine qemu runs undamaged: leave out --inject, --fault-report and --long-run")
  }
  try checkSerial(settings)
}

/// Refuses a port without a node on it, and a node that is asked for what it does not do.
private func checkSerial(_ settings: Settings) throws(Failure) {
  if settings.engine != .serial {
    guard settings.port == nil, settings.update == nil else {
      throw Failure(.usage, "--port and --update are for a node on a line; add --engine serial")
    }
    return
  }
  if settings.port == nil {
    throw Failure(.usage, "--engine serial wants --port PATH, as /dev/ttyACM0")
  }
  if settings.faultReport || settings.longRun != nil || settings.inject != nil {
    throw Failure(
      .usage, "--engine serial damages nothing: leave out --inject, --fault-report and --long-run")
  }
  if settings.update != nil && settings.flash != nil {
    throw Failure(.usage, "--update names the image that the node will run; leave out --flash")
  }
}

/// Reads the pictures and the data set on an undamaged device, and prints what they show.
private func answer(
  _ settings: Settings, _ image: (name: String, bytes: [UInt8])
) throws(Failure) {
  var device: SimulatedDevice
  do {
    device = try SimulatedDevice(image.bytes, on: settings.device)
  } catch {
    throw Failure(error, file: image.name)
  }
  let progress = ProgressBar(quiet: settings.quiet || settings.json)
  defer { progress.finish() }
  var serial: SerialEngine?
  if settings.engine == .serial, let port = settings.port {
    serial = try SerialEngine(
      port, device, image, isUpdate: settings.update != nil, progress: progress)
  }
  var output = Output(device, settings.engine, serial)
  if !settings.pictures.isEmpty {
    output.results = try PictureReader(
      settings, image.name, classNames: device.classNames, serial: serial
    ).read(on: &device)
  }
  if let folder = settings.dataset {
    let digits = try testDigits(folder, settings, classNames: device.classNames)
    if let serial {
      output.dataset = try serial.read(digits, on: &device, progress: progress)
    } else {
      output.dataset = try readDataset(digits, settings, &device, image.name, progress)
    }
  }
  output.finish(serial)
  if settings.json {
    try JSONOutput.print(output)
  } else if output.hasReadings {
    try StandardStream.output.write(output.text(image: image.name))
  }
  // Its line was printed when it was found; the other pictures have been answered.
  if let failure = output.results.lazy.compactMap(\.failure).first { exit(failure.code.rawValue) }
}

/// Writes the model image's network for other programs. With pictures to read, `--json` tells only of them.
/// - Returns: whether anything was to be written.
private func export(_ settings: Settings) throws(Failure) -> Bool {
  let exports = Exports(settings.exports)
  if exports.isEmpty { return false }
  let image = try modelImage(settings.flash)
  let inputs = settings.flash.map { [NamedFile("--flash", $0)] } ?? []
  try DistinctFiles.check(
    outputs: exports.outputs, inputs: inputs + settings.pictures.map { NamedFile("PICTURE", $0) })
  let written = try exports.write(image)
  if !settings.json {
    for file in written { try StandardStream.output.write(file.text) }
  } else if settings.dataset == nil && settings.pictures.isEmpty {
    try JSONOutput.print(["exports": written])
  }
  return true
}

/// Reads a data set's test digits as they are, without looking for ink: that is how they were tested.
private func readDataset(
  _ digits: DigitSet, _ settings: Settings, _ device: inout SimulatedDevice, _ image: String,
  _ progress: ProgressBar
) throws(Failure) -> DatasetResult {
  if settings.engine == .qemu {
    return try Emulation(settings, device).read(digits)
  }
  var result = DatasetResult(count: digits.count)
  do throws(DeviceError) {
    try device.read(digits.pixels.span) { index, reading, _ in
      result.correct += reading.digit == Int(digits.labels[index]) ? 1 : 0
      result.instructions += reading.instructions
      progress.update(fraction: Double(index) / Double(digits.count), label: "digit \(index)")
    }
  } catch {
    throw Failure(error, file: image)
  }
  return result
}

/// The model image asked for, or `digits.flash`, or the one that ships with the project.
private func modelImage(_ option: String?) throws(Failure) -> (name: String, bytes: [UInt8]) {
  let own = "digits.flash"
  if let path = option ?? (FileManager.default.fileExists(atPath: own) ? own : nil) {
    do { return (path, try FileBytes.read(path, limit: 1 << 22)) } catch { throw Failure(error) }
  }
  guard let factory = Bundle.module.path(forResource: "factory", ofType: "flash") else {
    throw Failure(.noInput, "\(own): no such file; run train-and-quantize first, or name --flash")
  }
  do { return ("factory image", try FileBytes.read(factory, limit: 1 << 22)) } catch {
    throw Failure(error)
  }
}
