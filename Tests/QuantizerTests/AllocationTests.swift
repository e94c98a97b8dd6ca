#if canImport(Glibc)
  import Foundation
  import Testing

  /// Runs the probe, a program that counts every request for memory by defining `malloc`. It is no
  /// dependency of these tests, into which its `malloc` would be linked; the package builds it anyway.
  @Suite("Memory")
  struct AllocationTests {
    @Test("an epoch of each optimizer and ten thousand inferences ask for no memory at all")
    func nothingIsAllocated() throws {
      let counts = try probe([])
      #expect(counts.count == 11)
      for (name, count) in counts { #expect(count == 0, "\(name)") }
    }

    @Test("a single allocation put in is found in every one of them")
    func plantedAllocationIsFound() throws {
      let counts = try probe(["--plant"])
      #expect(counts.count == 11)
      for (name, count) in counts { #expect(count > 0, "\(name)") }
    }

    /// What the probe printed: names and counts.
    private func probe(_ arguments: [String]) throws -> [(name: String, count: Int)] {
      let process = Process()
      let program: URL = try #require(location, "AllocationProbe is not beside the tests")
      process.executableURL = program
      process.arguments = arguments
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      return String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard words.count == 2, let count = Int(words[1]) else { return nil }
        return (String(words[0]), count)
      }
    }

    /// Beside the test binary, which is this process.
    private var location: URL? {
      let binaries = [Bundle.main.executablePath].compactMap { $0 } + CommandLine.arguments
      return binaries.map {
        URL(fileURLWithPath: $0).deletingLastPathComponent()
          .appendingPathComponent("AllocationProbe")
      }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
  }
#endif
