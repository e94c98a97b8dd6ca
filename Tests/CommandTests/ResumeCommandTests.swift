import Foundation
import Testing

@Suite("train-and-quantize, interrupted", .serialized) struct ResumeCommandTests {
  private let checkpoint = "digits.flash.checkpoint"

  /// Slow enough, even with so few digits, to be still running when its test gets to interrupt it on a busy machine.
  private let training = Bars.training + ["--batch", "1"]

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Waits until something has come to be, for ten minutes at most: a sanitized build is slow.
  private func wait(until isDone: () throws -> Bool) throws {
    for _ in 0..<120_000 {
      if try isDone() { return }
      usleep(5_000)
    }
    Issue.record("waited in vain")
  }

  private func says(_ running: Command.Running, _ text: String) throws -> Bool {
    try String(contentsOf: running.error, encoding: .utf8).contains(text)
  }

  /// The image of a training that nobody interrupts, which it leaves alone in the folder.
  private func whole(_ options: [String], in folder: String) throws -> [UInt8] {
    let result = try Command.train.run(
      options + ["--quiet", "--output", "whole", "--sample", "sample"], in: folder)
    #expect(result.status == 0, "\(result.error)")
    return try bytes(folder + "/whole")
  }

  /// How many vectors of a teacher are in the checkpoint; none while the teacher itself is trained.
  private func taught(_ folder: String) throws -> Int {
    let bytes = try bytes("\(folder)/\(checkpoint)")
    return (0..<4).reduce(0) { $0 | Int(bytes[20 + $1]) << (8 * $1) }
  }

  @Test(
    "killed and resumed, also in a teacher's epochs, it comes to the same image",
    arguments: [[], ["--teacher", "256"]], ["at once", "epoch 9:"])
  func killed(teacher: [String], moment: String) throws {
    try withFolder { folder in
      try Bars.write(to: folder + "/data")
      let options = training + teacher
      let expected = try whole(options, in: folder)
      let running = try Command.train.start(options, in: folder)
      try wait {
        let isKept = FileManager.default.fileExists(atPath: "\(folder)/\(checkpoint)")
        return try isKept && (moment == "at once" || says(running, moment))
      }
      kill(running.process.processIdentifier, SIGKILL)
      _ = try running.wait()
      // A pupil's epochs are told, a teacher's are not.
      if !teacher.isEmpty { #expect(try (taught(folder) > 0) == (moment != "at once")) }
      let result = try Command.train.run(options + ["--resume", "--quiet"], in: folder)
      #expect(result.status == 0, "\(result.error)")
      #expect(try bytes(folder + "/digits.flash") == expected)
      #expect(try files(folder) == ["data", "digit.pgm", "digits.flash", "sample", "whole"])
    }
  }

  @Test("a checkpoint of another training is refused in one line that says which option differs")
  func otherTraining() throws {
    try withFolder { folder in
      try Bars.write(to: folder + "/data")
      try Bars.write(to: folder + "/other", seed: 2)
      let running = try Command.train.start(training, in: folder)
      try wait { FileManager.default.fileExists(atPath: "\(folder)/\(checkpoint)") }
      kill(running.process.processIdentifier, SIGKILL)
      _ = try running.wait()
      let kept = try bytes("\(folder)/\(checkpoint)")
      let changes = [
        "data": "other", "hidden": "32", "augment": "affine", "deskew": "on", "epochs": "61",
        "input": "14", "activation": "tanh", "teacher": "16", "optimizer": "sgd", "batch": "32",
        "learning-rate": "0.5", "seed": "2", "test-data": "other",
      ]
      for (name, value) in changes {
        var options = training
        if let offset = options.firstIndex(of: "--" + name) {
          options[offset + 1] = value
        } else {
          options += ["--" + name, value]
        }
        let result = try Command.train.run(options + ["--resume"], in: folder)
        #expect(result.status == (name.hasSuffix("data") ? 65 : 64), "\(name): \(result.error)")
        #expect(oneLine(result.error) && result.error.contains("with --\(name) "))
      }
      #expect(try bytes("\(folder)/\(checkpoint)") == kept)
      #expect(try files(folder) == ["data", checkpoint, "other"])
    }
  }

  @Test("a second Ctrl-C ends it at once, with the old image and a whole checkpoint")
  func interruptedTwice() throws {
    try withFolder { folder in
      try Bars.write(to: folder + "/data")
      let old = Array("the image from before".utf8)
      try Data(old).write(to: URL(fileURLWithPath: folder + "/digits.flash"))
      // The next checkpoint is many epochs away: a signal is held back while one is written.
      let options = Bars.training.dropLast(3) + ["10000", "--checkpoint-every", "100"]
      let running = try Command.train.start(Array(options), in: folder)
      try wait { try says(running, "epoch 120:") }
      let process = running.process.processIdentifier
      // Both at the same moment: of two alike only one would arrive.
      for signal in [SIGSTOP, SIGINT, SIGTERM, SIGCONT] { kill(process, signal) }
      let result = try running.wait()
      #expect(running.process.terminationReason == .uncaughtSignal)
      #expect(result.status == SIGINT || result.status == SIGTERM)
      #expect(try bytes(folder + "/digits.flash") == old)
      #expect(try files(folder) == ["data", "digits.flash", checkpoint])
      let more = try Command.train.start(options + ["--resume"], in: folder)
      try wait { try says(more, "epoch 101:") }
      kill(more.process.processIdentifier, SIGINT)
      #expect(try more.wait().status == 130)
    }
  }

  #if os(Linux)
    @Test(
      "a disk that is full when a checkpoint is due: said so, and the last one is resumed",
      .enabled(if: MountedDisk.isPossible, "no disk to fill can be mounted here"))
    func fullDisk() throws {
      try withFolder { folder in
        try Bars.write(to: folder + "/data")
        let expected = try whole(training, in: folder)
        let disk = folder + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        try #require(mount("tmpfs", disk, "tmpfs", 0, "size=1m") == 0)
        defer { umount(disk) }
        let options = training + ["--output", "disk/digits.flash", "--sample", "disk/d.pgm"]
        let running = try Command.train.start(options, in: folder)
        try wait { try says(running, "epoch 3:") }
        let filler = open(disk + "/filler", O_CREAT | O_WRONLY, 0o600)
        let zeros = [UInt8](repeating: 0, count: 4096)
        try wait {
          // Again and again: a checkpoint that takes the place of another frees its room.
          while write(filler, zeros, zeros.count) == zeros.count {}
          return try says(running, "no checkpoint after epoch")
        }
        kill(running.process.processIdentifier, SIGKILL)
        let warned = try running.wait().error
        #expect(warned.contains("no space left on its disk"), "\(warned)")
        #expect(warned.contains("training goes on"))
        close(filler)
        unlink(disk + "/filler")
        let result = try Command.train.run(options + ["--resume", "--quiet"], in: folder)
        #expect(result.status == 0, "\(result.error)")
        #expect(try bytes(disk + "/digits.flash") == expected)
        #expect(try files(disk) == ["d.pgm", "digits.flash"])
      }
    }
  #endif
}
