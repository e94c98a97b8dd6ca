import Foundation
import Testing

@Suite("train-and-quantize", .serialized) struct TrainCommandTests {
  @Test("trains, writes both files, and prints the promised keys as one object")
  func json() throws {
    try withFolder { folder in
      let result = try Command.train.run(quickTraining + ["--json", "--quiet"], in: folder)
      #expect(result.status == 0 && result.error == "")
      let object = try result.json()
      #expect(
        object.keys.sorted() == [
          "changed_predictions", "class_names", "classes", "dataset", "epochs", "flash_bytes",
          "float_accuracy", "hidden",
          "inputs", "int8_accuracy", "ram_bytes", "samples_per_cpu_second", "samples_per_second",
          "seed", "test_count", "threads", "train_count", "train_seconds",
        ])
      #expect(object["hidden"] as? Int == 16 && object["inputs"] as? Int == 784)
      #expect(try #require(object["int8_accuracy"] as? Double) > 0.5)
      #expect(try files(folder) == ["digit.pgm", "digits.flash"])
    }
  }

  @Test("the number of threads does not change a byte of the model image")
  func threads() throws {
    try withFolder { folder in
      for threads in ["1", "2"] {
        let result = try Command.train.run(
          ["--data", "built-in", "--epochs", "1", "--hidden", "48", "--seed", "7", "--quiet"]
            + ["--threads", threads, "--output", threads + ".flash"], in: folder)
        #expect(result.status == 0, "\(result.error)")
      }
      let one = try Data(contentsOf: URL(fileURLWithPath: folder + "/1.flash"))
      let two = try Data(contentsOf: URL(fileURLWithPath: folder + "/2.flash"))
      #expect(one == two && !one.isEmpty)
    }
  }

  @Test(
    "wrong options are refused in one line, with exit code 64",
    arguments: [
      ["--hidden", "17"], ["--hidden", "0"], ["--hidden", "1040"], ["--hiden", "32"],
      ["--epochs", "0"], ["--batch", "many"], ["--learning-rate", "nan"], ["--device", "z80"],
      ["--augment", "mosaic"], ["--deskew", "maybe"], ["--seed", "-1"], ["--threads"],
      ["digit.pgm"], ["--json=yes"], ["--epochs", "1", "--epochs", "2"],
    ])
  func usage(arguments: [String]) throws {
    try expectRefusal(Command.train, arguments, status: 64)
  }

  @Test("data that is not there is refused with exit code 66")
  func noData() throws {
    try expectRefusal(Command.train, ["--data", "nowhere"], status: 66)
    try expectRefusal(Command.train, quickTraining + ["--test-data", "nowhere"], status: 66)
  }

  @Test("an output that cannot be created is refused before training")
  func noOutput() throws {
    try expectRefusal(
      Command.train, quickTraining + ["--output", "nowhere/digits.flash"], status: 73)
    try expectRefusal(Command.train, quickTraining + ["--sample", "nowhere/d.pgm"], status: 73)
    try expectRefusal(Command.train, quickTraining + ["--output", "/dev/full"], status: 73)
  }

  @Test("no room for the output is exit code 74, and leaves nothing")
  func full() throws {
    try withFolder { folder in
      // 4 blocks of 512 bytes.
      let result = try Command.train.run(quickTraining + ["--quiet"], in: folder, limit: 4)
      // The limit also binds the file that standard error goes to, which stays below it.
      #expect(result.status == 74 && oneLine(result.error), "\(result.error)")
      #expect(try files(folder) == [])
    }
  }

  @Test("a model that the chip cannot hold is refused with the numbers")
  func device() throws {
    try expectRefusal(
      Command.train, ["--device", "ch32v003f4", "--hidden", "1024"], status: 64,
      saying: "16384 bytes of flash")
  }

  @Test(
    "a learning rate that diverges is reported with advice and writes nothing",
    arguments: [("1e30", "diverged"), ("100", "learned nothing")])
  func divergence(rate: String, complaint: String) throws {
    try expectRefusal(
      Command.train, quickTraining + ["--optimizer", "sgd", "--learning-rate", rate, "--quiet"],
      status: 65, saying: complaint)
  }

  @Test("Ctrl-C before the first epoch is done leaves the old model image as it was")
  func interruptedEarly() throws {
    try withFolder { folder in
      let old = Data("the image from before".utf8)
      try old.write(to: URL(fileURLWithPath: folder + "/digits.flash"))
      let running = try Command.train.start(
        ["--data", "built-in", "--epochs", "2", "--batch", "1", "--hidden", "1024"], in: folder)
      // Training is announced before its first step; one epoch of this takes minutes.
      for _ in 0..<600 {
        if try String(contentsOf: running.output, encoding: .utf8).contains("Network") { break }
        usleep(50_000)
      }
      usleep(300_000)
      kill(running.process.processIdentifier, SIGINT)
      let result = try running.wait()
      #expect(result.status == 130 || result.status == SIGINT, "\(result.error)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/digits.flash")) == old)
      #expect(try files(folder) == ["digits.flash"])
    }
  }

  @Test(
    "Ctrl-C in the middle of training writes the best so far and says how to go on",
    arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    try withFolder { folder in
      let old = Data("the image from before".utf8)
      try old.write(to: URL(fileURLWithPath: folder + "/digits.flash"))
      let running = try Command.train.start(
        quickData + ["--epochs", "500", "--checkpoint-every", "1"], in: folder)
      // Training has begun when an epoch is reported.
      try running.wait(for: "epoch 2")
      kill(running.process.processIdentifier, signal)
      let result = try running.wait()
      #expect(result.status == 128 + signal)
      let last = result.error.split(separator: "\n").last ?? ""
      #expect(last.contains("stopped after") && last.contains("--resume"), "\(result.error)")
      #expect(
        try files(folder) == ["digit.pgm", "digits.flash", "digits.flash.checkpoint"])
      let read = try Command.infer.run(["--flash", "digits.flash", "digit.pgm"], in: folder)
      #expect(read.status == 0, "\(read.error)")
    }
  }

  @Test("help and version are on standard output")
  func help() throws {
    try withFolder { folder in
      let help = try Command.train.run(["--help"], in: folder)
      #expect(help.status == 0 && help.output.contains("--learning-rate") && help.error == "")
      let version = try Command.train.run(["--version"], in: folder)
      #expect(version.status == 0 && version.output == "train-and-quantize 1.0.0\n")
    }
  }
}

/// One line that ends, and nothing a terminal would act on.
func oneLine(_ text: String) -> Bool {
  text.hasSuffix("\n") && text.count { $0 == "\n" } == 1 && !text.contains("\u{1B}")
}

/// That a command refuses with one line on standard error, and leaves nothing.
func expectRefusal(
  _ command: Command, _ arguments: [String], status: Int32, saying text: String = "",
  with inputs: [String: [UInt8]] = [:]
) throws {
  try withFolder { folder in
    for (name, bytes) in inputs {
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    let result = try command.run(arguments, in: folder)
    #expect(result.status == status, "\(arguments): \(result.error)")
    #expect(oneLine(result.error), "\(result.error)")
    #expect(text.isEmpty || result.error.contains(text), "\(result.error)")
    #expect(try files(folder) == inputs.keys.sorted())
  }
}
