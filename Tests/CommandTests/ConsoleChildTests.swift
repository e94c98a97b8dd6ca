import Foundation
import Testing

@testable import CommandLineSupport
@testable import Threads

@Suite struct ConsoleChildTests {
  private func shell(_ script: String, output: Int32? = nil) throws -> ChildProcess {
    try ChildProcess("/bin/sh", ["-c", script], output: output)
  }

  private func seconds(_ body: () -> Void) -> Double {
    let start = Date()
    body()
    return Date().timeIntervalSince(start)
  }

  @Test func `how a program ends is told`() throws {
    #expect(try shell("exit 0").wait(seconds: 60) == .exited(0))
    #expect(try shell("exit 7").wait(seconds: 60) == .exited(7))
    #expect(try shell("kill -9 $$").wait(seconds: 60) == .signaled(SIGKILL))
    #expect(throws: Failure.self) { try ChildProcess("/none/none", []) }
  }

  @Test func `its time is bounded, even if it listens to nobody`() throws {
    let child = try shell("trap '' TERM; while :; do sleep 1; done")
    let time = seconds { #expect(child.wait(seconds: 0.2) == .overtime) }
    #expect(time < 30)
  }

  @Test func `it ends when asked to, with all that it has started`() throws {
    let (read, write) = try ChildProcess.pipe()
    let child = try shell("sleep 1000 & sleep 1000 & echo started; wait", output: write)
    close(write)
    var byte: UInt8 = 0
    #expect(Foundation.read(read, &byte, 1) == 1)
    #expect(child.wait(seconds: 600, stop: { true }) == .stopped)
    // The pipe ends when nobody is left who could write into it.
    var rest = [UInt8](repeating: 0, count: 100)
    while Foundation.read(read, &rest, 100) > 0 {}
    close(read)
  }

  @Test func `one that is forgotten is ended`() throws {
    let (read, write) = try ChildProcess.pipe()
    do {
      let child = try shell("exec sleep 1000", output: write)
      close(write)
      _ = consume child
    }
    var byte: UInt8 = 0
    #expect(Foundation.read(read, &byte, 1) == 0)
    close(read)
  }

  @Test func `it takes signals as a person's shell would have it, whatever we do with them`() throws
  {
    // Tests run on threads that block them.
    #expect(try shell("kill -TERM $$; exit 1").wait(seconds: 60) == .signaled(SIGTERM))
  }

  @Test func `a temporary folder is gone with what is in it`() throws {
    var path = ""
    do {
      let folder = try TemporaryFolder(prefix: "test-")
      path = folder.path
      let file = try folder.write([1, 2], "a")
      #expect(content(file) == [1, 2])
      #expect(mkdir(path + "/b", 0o700) == 0)
      #expect(symlink("/", path + "/b/root") == 0)
    }
    #expect(Folder.kind(path) == nil && Folder.kind("/") == .folder)
  }
}

@Suite struct ConsoleThreadsTests {
  @Test(arguments: [0, 1, 2, 7, 300]) func `every part is done once`(parts: Int) {
    let done = [Atomic](count: parts)
    concurrently(parts) { done[$0].add() }
    #expect(done.allSatisfy { $0.value == 1 })
  }

  @Test func `two works give their results in order, whichever is done first`() {
    let (a, b) = simultaneously {
      usleep(20_000); return "slow"
    } _: {
      "quick"
    }
    #expect(a == "slow" && b == "quick")
    let (c, d) = simultaneously {
      "quick"
    } _: {
      usleep(20_000); return "slow"
    }
    #expect(c == "quick" && d == "slow")
  }

  #if os(Linux)
    @Test func `without a thread to be had, the caller does it all`() async {
      await #expect(processExitsWith: .exitCode(3)) {
        // The limit binds everyone but root.
        setuid(65534)
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(__RLIMIT_NPROC.rawValue), &limit)
        guard startThread({}) == nil else { exit(9) }
        var sum = 0
        concurrently(3) { sum += $0 }
        let (one, two) = simultaneously {
          1
        } _: {
          2
        }
        exit(one == 1 && two == 2 ? Int32(sum) : 9)
      }
    }
  #endif
}

/// A number that many threads count up.
private final class Atomic: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func add() { lock.withLock { count += 1 } }

  var value: Int { lock.withLock { count } }
}

extension [Atomic] {
  fileprivate init(count: Int) { self = (0..<count).map { _ in Atomic() } }
}
