import Foundation
import Testing

private let training = Array(Bars.training.dropLast(4)) + ["--batch", "16", "--quiet"]

/// What becomes of both commands where the system gives little.
@Suite("Both commands, with little to go on", .serialized) struct HostileLimitTests {
  /// That a run either succeeds or ends in one line and one of our exit codes; or that not even its
  /// libraries were loaded.
  private func expectManners(_ result: Command.Result, _ what: String) {
    if result.status == 0 || result.status == 127 || result.error.contains("shared libraries") {
      return
    }
    #expect(
      [64, 65, 66, 69, 73, 74].contains(result.status) && oneLine(result.error),
      "\(what): \(result.status), \(result.error)")
  }

  /// Bars as they are in `data`, and packed in `packed`.
  private func withBars(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      try Bars.write(to: folder + "/data")
      try Bars.write(to: folder + "/packed")
      for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/packed") {
        let process = try Process.run(
          URL(fileURLWithPath: "/usr/bin/env"), arguments: ["gzip", "\(folder)/packed/\(name)"])
        process.waitUntilExit()
      }
      try body(folder)
    }
  }

  private func on(_ data: String, threads: String = "1") -> [String] {
    var arguments = training + ["--epochs", "4"]
    arguments[1] = data
    if let offset = arguments.firstIndex(of: "--threads") { arguments[offset + 1] = threads }
    return arguments
  }

  #if os(Linux)
    @Test("little memory is one line, whether the digits are packed or not")
    func memory() throws {
      try withBars { folder in
        for kilobytes in [90_000, 100_000, 120_000, 150_000, 400_000] {
          for data in ["data", "packed"] {
            let result = try Command.train.run(
              on(data), in: folder, setup: "ulimit -v \(kilobytes)")
            expectManners(result, "\(kilobytes) \(data)")
          }
        }
      }
    }

    @Test(
      "without threads it comes to the same bytes", .enabled(if: getuid() == 0, "needs root"),
      .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"), "needs setpriv"))
    func threads() throws {
      try withBars { folder in
        chmod(folder, 0o777)
        // Limits on processes bind everyone but root, and count all of a user's.
        let user = 40_000 + getpid() % 10_000
        let command = "/usr/bin/setpriv --reuid=\(user) --regid=\(user) --clear-groups"
        let probe = try Command.train.run(
          ["--version"], in: folder, setup: "\(command) test -x \"$1\" || exit 9")
        guard probe.status == 0 else { return }
        let few = try Command.train.run(
          on("data", threads: "8") + ["--output", "few", "--sample", "s"], in: folder,
          setup: "set -- \(command) /bin/bash -c 'ulimit -u 1; exec \"$@\"' bash \"$@\"")
        #expect(few.status == 0, "\(few.error)")
        let many = try Command.train.run(
          on("data", threads: "8") + ["--output", "many"], in: folder)
        #expect(many.status == 0, "\(many.error)")
        let images = ["few", "many"].map { FileManager.default.contents(atPath: "\(folder)/\($0)") }
        #expect(images[0] == images[1] && images[0] != nil)
      }
    }

    @Test("a file of the system that never ends is given up", .timeLimit(.minutes(5)))
    func endless() throws {
      let descriptor = open("/proc/kmsg", O_RDONLY | O_NONBLOCK)
      guard descriptor >= 0 else { return }
      close(descriptor)
      try expectRefusal(Command.infer, ["/proc/kmsg"], status: 66, saying: "/proc/kmsg: nothing")
    }
  #endif

  @Test("few file descriptors are one line")
  func descriptors() throws {
    try withBars { folder in
      for number in 5...12 {
        for data in ["data", "packed"] {
          let result = try Command.train.run(on(data), in: folder, setup: "ulimit -n \(number)")
          expectManners(result, "\(number) \(data)")
        }
      }
    }
  }

  @Test("Ctrl-C ends the emulator as well, with all that it has started and its folder")
  func emulator() throws {
    try withBars { folder in
      for name in ["Tools", "tmp"] {
        try FileManager.default.createDirectory(
          atPath: folder + "/" + name, withIntermediateDirectories: true)
      }
      try Data().write(to: URL(fileURLWithPath: folder + "/Package.swift"))
      // Another tool in the place of QEMU's: what matters is who ends it.
      let tool = folder + "/Tools/run-firmware"
      let script = "#!/bin/sh\nsleep 999 & echo $! >pids; echo $$ >>pids; touch ready; wait\n"
      try Data(script.utf8).write(to: URL(fileURLWithPath: tool))
      chmod(tool, 0o755)
      let running = try Command.infer.start(
        ["--engine", "qemu", "--dataset", "data", "--quiet"], in: folder,
        variables: ["TMPDIR": folder + "/tmp"])
      for _ in 0..<12_000 where access(folder + "/ready", F_OK) != 0 { usleep(5_000) }
      kill(running.process.processIdentifier, SIGINT)
      let result = try running.wait()
      #expect(result.status == 130 && oneLine(result.error), "\(result.error)")
      let pids = try String(contentsOfFile: folder + "/pids", encoding: .utf8)
      for pid in pids.split(separator: "\n").compactMap({ Int32($0) }) {
        // Whoever adopts it may take a moment to notice that it has ended.
        for _ in 0..<1_000 where kill(pid, 0) == 0 { usleep(5_000) }
        #expect(kill(pid, 0) != 0)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/tmp") == [])
    }
  }
}
