import CommandLineSupport
import Foundation
import Testing

@testable import Digits

/// Converters that do as they are told in place of those that are installed.
@Suite("Converters that fail say why") struct ConverterTests {
  private let picture = Picture(width: 2, height: 1, pixels: [0, 255])

  /// What comes of a PNG where `magick` and `pngtopam` are these scripts.
  private func outcome(
    _ magick: String, _ pngtopam: String? = nil
  ) throws -> Result<Picture, DigitsError> {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("converter-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, script) in [("magick", magick), ("pngtopam", pngtopam)] {
      guard let script else { continue }
      // Another process writes it: what is open for writing, in this one or one that it has just started,
      // cannot be run.
      let writer = try ChildProcess(
        "/bin/sh",
        [
          "-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh", script,
          "\(folder)/\(name)",
        ])
      #expect(writer.wait(seconds: 60) == .exited(0))
    }
    let converter = Converter(.png, file: "x.png", searchPath: folder, limit: 1000)
    return Result { () throws(DigitsError) in try converter.picture([0x89]) }
  }

  private func problem(_ outcome: Result<Picture, DigitsError>) -> String? {
    if case .failure(let error) = outcome { error.problem } else { nil }
  }

  private let tooMuch = "head -c 1001 /dev/zero"
  private let right = "printf 'P5 2 1 255 \\000\\377'"

  @Test("a picture that becomes too large is not called unreadable")
  func tooLarge() throws {
    for second in [nil, "exit 1"] {
      let problem = try #require(try problem(outcome(tooMuch, second)))
      #expect(problem.hasPrefix("becomes too large in ") && problem.hasSuffix("/magick"))
    }
  }

  @Test("what one program cannot do, another may", arguments: ["exit 1", "head -c 1001 /dev/zero"])
  func another(first: String) throws {
    #expect(try outcome(first, right).get() == picture)
  }

  @Test("programs that give up, or write no picture, are named together")
  func unreadable() throws {
    #expect(
      try problem(outcome("exit 1", "echo nonsense"))?.hasSuffix(
        "magick and pngtopam could not read") == true)
  }

  #if os(Linux)
    @Test("where no file can be opened, that is said of the picture", arguments: [0, 2])
    func tooManyFiles(free: Int) async {
      await #expect(processExitsWith: .exitCode(7)) { [free] in
        onlyFiles(free)
        let program = ExternalProgram(path: "/bin/cat", arguments: [])
        do throws(DigitsError) {
          _ = try program.output(of: [1], limit: 10, file: "x")
        } catch {
          let problem = error.problem.lowercased()
          exit(problem.contains("too many open files") ? 7 : 8)
        }
        exit(9)
      }
    }

    @Test("nor where standard input, output and error are all the files there may be")
    func threeFiles() async {
      await #expect(processExitsWith: .exitCode(7)) {
        var limit = rlimit(rlim_cur: 3, rlim_max: 3)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        do throws(DigitsError) { _ = try FileBytes.readStandardInput(limit: 10) } catch {
          exit(error.problem.contains("too many open files") ? 7 : 8)
        }
        exit(9)
      }
    }

    @Test("where standard input cannot be read for want of a file, it is not called closed")
    func manyFilesAtInput() async {
      await #expect(processExitsWith: .exitCode(7)) {
        onlyFiles(0)
        do throws(DigitsError) { _ = try FileBytes.readStandardInput(limit: 10) } catch {
          exit(error.problem.contains("too many open files") ? 7 : 8)
        }
        exit(9)
      }
    }
  #endif
}

#if os(Linux)
  /// Lets this process open so many more files.
  private func onlyFiles(_ count: Int) {
    let next = dup(0)
    close(next)
    let most = rlim_t(Int(next) + count)
    var limit = rlimit(rlim_cur: most, rlim_max: most)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
#endif
