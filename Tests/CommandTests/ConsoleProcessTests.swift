import Foundation
import Testing

@testable import CommandLineSupport

/// What can only be seen from outside: each body runs in a process of its own, and ends as a
/// command would.
private func asCommand(_ body: () throws(Failure) -> Void) -> Never {
  do throws(Failure) {
    try body()
  } catch {
    error.exit(command: "test")
  }
  exit(0)
}

/// Lets the next file opened take the place of a standard stream.
private func replace(_ stream: StandardStream, with path: String) {
  let descriptor = open(path, O_WRONLY)
  dup2(descriptor, stream.rawValue)
}

private func line(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// A folder for a process of its own, which need not run as the same user.
private func withOpenFolder(_ body: (String) async throws -> Void) async throws {
  let folder = NSTemporaryDirectory() + "/console-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  chmod(folder, 0o777)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try await body(folder)
}

@Suite struct ConsoleProcessTests {
  @Test func `a file over the size limit is refused and leaves nothing`() async throws {
    try await withOpenFolder { folder in
      try AtomicFile.write([7], to: folder + "/f")
      for write in [true, false] {
        let result = await #expect(
          processExitsWith: .exitCode(74), observing: [\.standardErrorContent]
        ) { [folder = folder as String, write = write as Bool] in
          var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
          #if canImport(Glibc)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
          #else
            setrlimit(RLIMIT_FSIZE, &limit)
          #endif
          asCommand { () throws(Failure) in
            if write {
              try AtomicFile.write([UInt8](repeating: 1, count: 100_000), to: folder + "/f")
            } else {
              try AtomicFile.check(folder + "/f", bytes: 100_000)
            }
          }
        }
        #expect(
          result.map { line($0.standardErrorContent) }
            == "test: \(folder)/f: over the file size limit; raise it (ulimit -f)\n")
        #expect(content(folder + "/f") == [7])
        #expect(try entries(folder) == ["f"])
      }
    }
  }

  @Test func `ctrl-C waits for the file and then ends the process`() async throws {
    try await withOpenFolder { folder in
      await #expect(processExitsWith: .signal(SIGINT)) { [folder = folder as String] in
        let signals = HeldSignals()
        // Another thread must not fall to it either.
        let thread = Thread { kill(getpid(), SIGINT) }
        thread.start()
        usleep(200_000)
        close(open(folder + "/alive", O_CREAT | O_WRONLY, 0o666))
        signals.release()
        usleep(200_000)
        close(open(folder + "/late", O_CREAT | O_WRONLY, 0o666))
      }
      let left = try entries(folder)
      #expect(left == ["alive"])
    }
  }

  @Test(.timeLimit(.minutes(10))) func `a shower of ctrl-C never leaves half a file`() async throws
  {
    try await withOpenFolder { folder in
      try AtomicFile.write([7], to: folder + "/f")
      for delay in stride(from: UInt32(0), to: 10_000, by: 1_000) {
        await #expect(processExitsWith: .signal(SIGTERM)) {
          [folder = folder as String, delay = delay as UInt32] in
          let thread = Thread {
            usleep(delay)
            kill(getpid(), SIGTERM)
          }
          thread.start()
          let bytes = [UInt8](repeating: 1, count: 1_000_000)
          let end = Date(timeIntervalSinceNow: 10)
          while Date() < end { try? AtomicFile.write(bytes, to: folder + "/f") }
        }
        let count = content(folder + "/f")?.count
        #expect(count == 1 || count == 1_000_000)
        #expect(try entries(folder) == ["f"])
      }
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func `kill -9 never leaves half a file, and what it leaves beside it goes at the next check`()
    async throws
  {
    try await withOpenFolder { folder in
      try AtomicFile.write([7], to: folder + "/f")
      for delay in stride(from: UInt32(0), to: 10_000, by: 1_000) {
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [folder = folder as String, delay = delay as UInt32] in
          let thread = Thread {
            usleep(delay)
            kill(getpid(), SIGKILL)
          }
          thread.start()
          let bytes = [UInt8](repeating: 1, count: 1_000_000)
          let end = Date(timeIntervalSinceNow: 10)
          while Date() < end { try? AtomicFile.write(bytes, to: folder + "/f") }
        }
        let count = content(folder + "/f")?.count
        #expect(count == 1 || count == 1_000_000)
        try AtomicFile.check(folder + "/f", bytes: 1)
        #expect(try entries(folder) == ["f"])
      }
    }
  }

  @Test func `what was ignored stays ignored`() async {
    await #expect(processExitsWith: .exitCode(0)) {
      _ = signal(SIGHUP, SIG_IGN)
      let signals = HeldSignals()
      kill(getpid(), SIGHUP)
      signals.release()
      kill(getpid(), SIGHUP)
      exit(0)
    }
  }

  @Test func `a signal that is handled is handled afterwards`() async {
    await #expect(processExitsWith: .exitCode(9)) {
      _ = signal(SIGINT) { _ in _exit(9) }
      let signals = HeldSignals()
      kill(getpid(), SIGINT)
      usleep(100_000)
      signals.release()
      usleep(1_000_000)
    }
  }

  @Test func `a closed folder and a protected file are left alone`() async throws {
    try await withOpenFolder { folder in
      try AtomicFile.write([1], to: folder + "/f")
      chmod(folder + "/f", 0o444)
      let protected = await #expect(
        processExitsWith: .exitCode(73), observing: [\.standardErrorContent]
      ) { [folder = folder as String] in
        setuid(65534)  // Root may write anywhere.
        asCommand { () throws(Failure) in try AtomicFile.write([2], to: folder + "/f") }
      }
      #expect(protected.map { line($0.standardErrorContent) }?.contains("protected") == true)
      chmod(folder, 0o555)
      let closed = await #expect(
        processExitsWith: .exitCode(73), observing: [\.standardErrorContent]
      ) { [folder = folder as String] in
        setuid(65534)
        asCommand { () throws(Failure) in try AtomicFile.check(folder + "/g", bytes: 1) }
      }
      chmod(folder, 0o755)
      #expect(closed.map { line($0.standardErrorContent) }?.contains("no permission") == true)
      #expect(try entries(folder) == ["f"])
      #expect(content(folder + "/f") == [1])
    }
  }

  @Test func `JSON to a closed pipe ends with 74`() async {
    let result = await #expect(
      processExitsWith: .exitCode(74), observing: [\.standardErrorContent]
    ) {
      var ends: [Int32] = [0, 0]
      pipe(&ends)
      dup2(ends[1], 1)
      close(ends[0])
      asCommand { () throws(Failure) in try JSONOutput.print(["a": 1]) }
    }
    #expect(
      result.map { line($0.standardErrorContent) }
        == "test: standard output: its reader has gone\n")
  }

  @Test(.enabled(if: access("/dev/full", W_OK) == 0))
  func `JSON to a full disk ends with 74`() async {
    await #expect(processExitsWith: .exitCode(74)) {
      replace(.output, with: "/dev/full")
      asCommand { () throws(Failure) in try JSONOutput.print(["a": 1]) }
    }
  }

  @Test func `a process without standard streams does not write into its files`() async throws {
    try await withOpenFolder { folder in
      await #expect(processExitsWith: .exitCode(74)) { [folder = folder as String] in
        close(1)
        StandardStream.reserveDescriptors()
        let descriptor = open(folder + "/f", O_CREAT | O_WRONLY, 0o666)
        asCommand { () throws(Failure) in
          guard descriptor > 2 else { throw Failure(.data, "took the place of a stream") }
          try JSONOutput.print(["a": 1])
        }
      }
      #expect(content(folder + "/f") == [])
    }
  }

  @Test func `JSON on standard output is all there is on it`() async {
    let result = await #expect(
      processExitsWith: .exitCode(0), observing: [\.standardOutputContent]
    ) {
      asCommand { () throws(Failure) in try JSONOutput.print(["b": 1, "a": 2]) }
    }
    #expect(
      result.map { line($0.standardOutputContent) }?.contains("{\n  \"a\" : 2,\n  \"b\" : 1\n}\n")
        == true)
  }
}

#if os(Linux)
  @Suite struct ConsoleFullDiskTests {
    @Test(.enabled(if: MountedDisk.isPossible, "no disk to fill can be mounted here"))
    func `a full disk is noticed before and during, and the old file stays whole`() throws {
      try withFolder { folder in
        try #require(mount("tmpfs", folder, "tmpfs", 0, "size=128k") == 0)
        defer { umount(folder) }
        let old = [UInt8](repeating: 7, count: 60_000)
        try AtomicFile.check(folder + "/f", bytes: old.count)
        try AtomicFile.write(old, to: folder + "/f")
        let failure = Failure(
          .io, "\(folder)/f: no space left on its disk; free some or write elsewhere")
        #expect(throws: failure) { try AtomicFile.check(folder + "/f", bytes: 100_000) }
        #expect(throws: failure) {
          try AtomicFile.write([UInt8](repeating: 8, count: 100_000), to: folder + "/f")
        }
        #expect(content(folder + "/f") == old)
        #expect(try entries(folder) == ["f"])
      }
    }
  }
#endif
