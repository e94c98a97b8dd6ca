import Foundation
import Testing

/// A training on bars, with what it says going nowhere but to its report.
private let training = Array(Bars.training.dropLast(4)) + ["--batch", "16", "--quiet"]

/// A training that goes on for many minutes, and says each epoch: it is still running when its test gets to see what it
/// said, however busy the machine is.
private let endless = [
  "--data", "data", "--hidden", "256", "--augment", "none", "--deskew", "off", "--batch", "16",
  "--threads", "1", "--epochs", "9000", "--checkpoint-every", "1",
]

private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

private func bytes(_ path: String) -> [UInt8]? {
  FileManager.default.contents(atPath: path).map(Array.init)
}

private func put(_ bytes: [UInt8], _ path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// What a hostile trial lost, hung or was misled by; `Tools/check-hostile` does the same to commands alone.
@Suite("train-and-quantize, under a hostile hand", .serialized) struct HostileTrainTests {
  /// Runs in a folder with bars in `data`.
  private func withBars(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      try Bars.write(to: folder + "/data")
      try body(folder)
    }
  }

  /// That it refuses with one line.
  private func refuse(
    _ arguments: [String], _ status: Int32, _ words: String..., in folder: String,
    setup: String = ""
  ) throws {
    let result = try Command.train.run(training + arguments, in: folder, setup: setup)
    #expect(result.status == status && oneLine(result.error), "\(arguments): \(result.error)")
    for word in words { #expect(result.error.contains(word), "\(result.error)") }
  }

  private func succeed(
    _ arguments: [String], in folder: String, setup: String = ""
  ) throws -> Command.Result {
    let result = try Command.train.run(
      training + ["--epochs", "4"] + arguments, in: folder, setup: setup)
    #expect(result.status == 0, "\(arguments): \(result.error)")
    return result
  }

  @Test("two outputs with one name, by whatever path, are refused before training")
  func oneName() throws {
    try withBars { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "x")
      for other in ["x", "./x", "link", "data/../x", folder + "/x"] {
        for option in ["--sample", "--report", "--checkpoint"] {
          try refuse(["--output", "x", option, other], 64, "same file", in: folder)
        }
      }
      #expect(try files(folder) == ["data", "link"])
    }
  }

  @Test("an output that would replace the digits it is trained on is refused")
  func overData() throws {
    try withBars { folder in
      let path = folder + "/data/train-images-idx3-ubyte"
      let before = bytes(path)
      try refuse(["--output", path], 64, "would replace what is read", in: folder)
      #expect(bytes(path) == before)
    }
  }

  #if os(Linux)
    @Test("names of any bytes are written, read, linked and named as they are")
    func anyBytes() throws {
      try withBars { folder in
        let name = "$(printf 'na\\357ve')"
        let setup = """
          mv data \(name); ln -s \(name).old link; touch \(name).old
          set -- "$1" --data \(name) --output \(name).flash --sample link --quiet \
            --hidden 16 --augment none --batch 16 --epochs 4
          """
        let result = try Command.train.run([], in: folder, setup: setup)
        #expect(result.status == 0, "\(result.error)")
        let check = "ls \(name).flash >/dev/null && test -s \(name).old && test -h link || exit 9"
        #expect(try Command.train.run(["--version"], in: folder, setup: check).status == 0)
        let read = try Command.infer.run(
          ["--json"], in: folder, setup: "set -- \"$@\" --flash \(name).flash \(name).old")
        let results = try read.json()["results"] as? [[String: Any]]
        #expect(results?.first?["image"] as? String == "na\\xefve.old", "\(read.error)")
        let missing = try Command.infer.run([], in: folder, setup: "set -- \"$1\" \(name).none")
        #expect(missing.status == 66 && missing.error.contains("na\\xefve.none: no such file"))
      }
    }

    @Test(
      "a file that is mounted by itself is refused before training",
      .enabled(if: MountedDisk.isPossible, "nothing can be mounted here"))
    func mounted() throws {
      try withBars { folder in
        for name in ["outside", "in side"] { try put([1], folder + "/" + name) }
        let inside = folder + "/in side"
        try #require(mount(folder + "/outside", inside, "none", UInt(4096), nil) == 0)
        defer { umount(inside) }
        for option in ["--output", "--sample", "--report"] {
          try refuse([option, "in side"], 73, "is mounted by itself", in: folder)
        }
        #expect(bytes(inside) == [1])
        #expect(try files(folder) == ["data", "in side", "outside"])
      }
    }
  #endif

  @Test("another training's checkpoint is left as it is, and said to be")
  func anothersCheckpoint() throws {
    try withBars { folder in
      let checkpoint = folder + "/digits.flash.checkpoint"
      let every = ["--checkpoint-every", "1"]
      let running = try Command.train.start(endless, in: folder)
      for _ in 0..<12_000 where !exists(checkpoint) { usleep(5_000) }
      kill(running.process.processIdentifier, SIGKILL)
      _ = try running.wait()
      let before = bytes(checkpoint)
      let other = try succeed(every + ["--seed", "2"], in: folder)
      #expect(other.error.contains("another training") && oneLine(other.error), "\(other.error)")
      #expect(bytes(checkpoint) == before && before != nil)
      #expect(exists(folder + "/digits.flash"))
    }
  }

  @Test("a checkpoint that another training has taken in the meantime is not removed")
  func takenCheckpoint() throws {
    try withBars { folder in
      let other = try Command.train.start(
        endless + ["--seed", "2", "--checkpoint", "other"], in: folder)
      for _ in 0..<12_000 where !exists(folder + "/other") { usleep(5_000) }
      kill(other.process.processIdentifier, SIGKILL)
      _ = try other.wait()
      let before = bytes(folder + "/other")
      let own = try Command.train.start(endless + ["--checkpoint", "c"], in: folder)
      try own.wait(for: "epoch 2:")
      #expect(rename(folder + "/other", folder + "/c") == 0)
      try own.wait(for: "another training's")
      kill(own.process.processIdentifier, SIGTERM)
      #expect(try own.wait().status == 143)
      #expect(bytes(folder + "/c") == before && before != nil)
    }
  }

  @Test("a checkpoint behind a link is removed, and the link stays")
  func linkedCheckpoint() throws {
    try withBars { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: "c")
      _ = try succeed(["--checkpoint-every", "1", "--checkpoint", "link"], in: folder)
      #expect(try files(folder) == ["data", "digit.pgm", "digits.flash", "link"])
    }
  }

  @Test("what learned nothing leaves nothing, as it says")
  func nothingWritten() throws {
    try withBars { folder in
      try refuse(
        [
          "--checkpoint-every", "1", "--epochs", "4", "--optimizer", "sgd", "--learning-rate",
          "100",
        ],
        65, "nothing was written", "try --learning-rate 0.04", in: folder)
      #expect(try files(folder) == ["data"])
    }
  }

  @Test(
    "a closed terminal and Ctrl-\\ end it as Ctrl-C does, with the image written",
    arguments: [SIGHUP, SIGQUIT])
  func otherSignals(signal: Int32) throws {
    try withBars { folder in
      let running = try Command.train.start(endless + ["--schedule", "constant"], in: folder)
      try running.wait(for: "epoch 45:")
      kill(running.process.processIdentifier, signal)
      let result = try running.wait()
      #expect(result.status == 128 + signal, "\(result.error.suffix(300))")
      #expect(result.error.split(separator: "\n").last?.contains("--resume") == true)
      #expect(
        try files(folder) == ["data", "digit.pgm", "digits.flash", "digits.flash.checkpoint"])
    }
  }

  @Test("stopped before it learned anything, it keeps the old image and the checkpoint")
  func stoppedEarly() throws {
    try withBars { folder in
      try put([1], folder + "/digits.flash")
      let running = try Command.train.start(endless, in: folder)
      try running.wait(for: "epoch 2:")
      kill(running.process.processIdentifier, SIGINT)
      let result = try running.wait()
      let last = result.error.split(separator: "\n").last ?? ""
      #expect(result.status == 130 && last.contains("no image was written; the same command"))
      #expect(bytes(folder + "/digits.flash")?.count == 1)
      #expect(exists(folder + "/digits.flash.checkpoint"))
    }
  }
}
