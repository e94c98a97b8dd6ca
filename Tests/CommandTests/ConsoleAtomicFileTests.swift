import Foundation
import Testing

@testable import CommandLineSupport

/// Makes a new folder for one test, removed with all it holds.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "/console-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try body(folder)
}

/// The names in a folder.
func entries(_ folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// The bytes of a file, or nil if there is none.
func content(_ path: String) -> [UInt8]? {
  FileManager.default.contents(atPath: path).map(Array.init)
}

private func mode(_ path: String) -> mode_t {
  var status = stat()
  return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
}

/// Both ways to meet a failure: the check before the work and the writing after it.
private func expectBoth(_ path: String, _ code: ExitCode, _ words: String) {
  for write in [true, false] {
    do throws(Failure) {
      if write {
        try AtomicFile.write([1, 2, 3], to: path)
      } else {
        try AtomicFile.check(path, bytes: 3)
      }
      Issue.record("\(path) was accepted")
    } catch {
      #expect(error.code == code)
      #expect(error.message.contains(words), "\(error.message)")
      #expect(error.message.hasPrefix(path.isEmpty ? "''" : path))
    }
  }
}

@Suite struct ConsoleAtomicFileTests {
  @Test(arguments: [0, 1, 4096, 3_000_001]) func `a file holds what was written`(
    count: Int
  ) throws {
    try withFolder { folder in
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try AtomicFile.check(folder + "/f", bytes: count)
      #expect(try entries(folder) == [])
      try AtomicFile.write(bytes, to: folder + "/f")
      #expect(content(folder + "/f") == bytes)
      try AtomicFile.check(folder + "/f", bytes: count)
      try AtomicFile.write([9], to: folder + "/f")
      #expect(content(folder + "/f") == [9])
      #expect(try entries(folder) == ["f"])
    }
  }

  @Test func `a new file gets ordinary permissions and an old one keeps its own`() throws {
    try withFolder { folder in
      try AtomicFile.write([1], to: folder + "/f")
      let fresh = open(folder + "/fresh", O_CREAT | O_WRONLY, 0o666)
      close(fresh)
      #expect(mode(folder + "/f") == mode(folder + "/fresh"))
      chmod(folder + "/f", 0o606)
      try AtomicFile.write([2], to: folder + "/f")
      #expect(mode(folder + "/f") == 0o606)
    }
  }

  @Test func `a missing folder is named`() throws {
    try withFolder { folder in
      expectBoth(folder + "/none/f", .cannotCreate, "there is no folder \(folder)/none")
      try AtomicFile.write([1], to: folder + "/f")
      expectBoth(folder + "/f/g", .cannotCreate, "is not a folder")
    }
  }

  @Test func `a folder is not overwritten`() throws {
    try withFolder { folder in
      expectBoth(folder, .cannotCreate, "is a folder")
      expectBoth(folder + "/", .cannotCreate, "is a folder")
      expectBoth(folder + "/new/", .cannotCreate, "names a folder, and there is none")
      expectBoth("/", .cannotCreate, "is a folder")
    }
  }

  @Test(arguments: ["/dev/null", "/dev/full", "/dev/stdout/x", "/proc/version/x"])
  func `nothing is written over a device`(path: String) {
    guard FileManager.default.fileExists(atPath: path) || path.hasSuffix("/x") else { return }
    #expect(throws: Failure.self) { try AtomicFile.check(path, bytes: 1) }
    if !path.hasSuffix("/x") { expectBoth(path, .cannotCreate, "not a regular file") }
  }

  @Test func `a pipe is refused without waiting for its reader`() throws {
    try withFolder { folder in
      #expect(mkfifo(folder + "/pipe", 0o600) == 0)
      expectBoth(folder + "/pipe", .cannotCreate, "not a regular file")
    }
  }

  @Test func `names that are none are refused`() throws {
    expectBoth("", .cannotCreate, "not a file name")
    try withFolder { folder in
      expectBoth(folder + "/" + String(repeating: "n", count: 300), .cannotCreate, "create")
      let longest = folder + "/" + String(repeating: "n", count: 255)
      try AtomicFile.write([1], to: longest)
      #expect(content(longest) == [1])
    }
    #expect(throws: Failure.self) { try AtomicFile.check("a\0b", bytes: 1) }
  }

  @Test func `a link stays a link and its target is replaced`() throws {
    try withFolder { folder in
      try AtomicFile.write([1], to: folder + "/target")
      #expect(symlink("target", folder + "/link") == 0)
      #expect(symlink(folder + "/link", folder + "/chain") == 0)
      try AtomicFile.write([2], to: folder + "/chain")
      #expect(content(folder + "/target") == [2])
      let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link")
      #expect(link == "target")

      #expect(symlink("later", folder + "/dangling") == 0)
      try AtomicFile.write([3], to: folder + "/dangling")
      #expect(content(folder + "/later") == [3])

      #expect(symlink("loop", folder + "/loop") == 0)
      expectBoth(folder + "/loop", .cannotCreate, "cannot create")
      #expect(symlink("/dev/null", folder + "/device") == 0)
      expectBoth(folder + "/device", .cannotCreate, "not a regular file")
    }
  }

  @Test func `files written at once from many threads are all whole`() throws {
    try withFolder { folder in
      DispatchQueue.concurrentPerform(iterations: 16) { (index: Int) -> Void in
        let bytes = [UInt8](repeating: UInt8(index), count: 50_000)
        try? AtomicFile.write(bytes, to: folder + "/f")
      }
      let bytes = content(folder + "/f") ?? []
      #expect(bytes.count == 50_000 && Set(bytes).count == 1)
      let left = try entries(folder)
      #expect(left == ["f"])
    }
  }

  @Test func `what a killed writer left is removed, and what is still written is not`() throws {
    try withFolder { folder in
      let dead = folder + "/.simdigit-7-dead.tmp"
      let alive = folder + "/.simdigit-7-alive.tmp"
      let others = [".simdigit-7-dead", "simdigit-7.tmp", ".other.tmp", ".simdigit-link.tmp"]
      for path in [dead, alive] + others.dropLast().map({ folder + "/" + $0 }) {
        try Data([1]).write(to: URL(fileURLWithPath: path))
      }
      #expect(symlink("target", folder + "/.simdigit-link.tmp") == 0)
      try FileManager.default.createDirectory(
        atPath: folder + "/.simdigit-folder.tmp", withIntermediateDirectories: true)
      let writer = open(alive, O_WRONLY)
      #expect(flock(writer, LOCK_EX) == 0)
      try AtomicFile.check(folder + "/f", bytes: 1)
      let kept = (others + [".simdigit-folder.tmp"]).sorted()
      #expect(try entries(folder) == (kept + [".simdigit-7-alive.tmp"]).sorted())
      close(writer)
      try AtomicFile.check(folder + "/f", bytes: 1)
      #expect(try entries(folder) == kept)
    }
  }
}
