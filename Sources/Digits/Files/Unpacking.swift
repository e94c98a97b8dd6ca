import CommandLineSupport
import Foundation

/// The system's gzip at work: it reads the file itself and hands the unpacked bytes over through a
/// pipe, which the caller may stop reading at any time.
struct Unpacking: ~Copyable {
  private let program: ChildProcess
  private let file: String
  /// The unpacked bytes, as they come.
  let output: ByteStream
  /// What gzip complains of.
  private let complaints: ByteStream

  /// How long gzip may take to end after its last byte, in seconds.
  private static let patience = 10.0

  /// Starts unpacking a file.
  ///
  /// - Parameter searchPath: folders to look for `gzip` in, separated by colons; nil is `$PATH`.
  init(_ packed: borrowing ByteStream, searchPath: String? = nil) throws(DigitsError) {
    let name = packed.file
    guard let gzip = ChildProcess.find("gzip", in: searchPath) else {
      throw Unpacking.failure(name, "cannot be unpacked without the program gzip")
    }
    let started: (program: ChildProcess, output: Int32, complaints: Int32)
    do throws(Failure) {
      started = try Unpacking.start(gzip, packed.descriptor)
    } catch {
      throw DigitsError(
        kind: .exhausted, file: name, problem: "cannot be unpacked: \(error.message)",
        advice: "unpack it yourself")
    }
    program = started.program
    output = ByteStream(file: name, adopting: started.output, size: nil)
    complaints = ByteStream(file: name, adopting: started.complaints, size: nil)
    file = name
  }

  private static func start(
    _ gzip: String, _ packed: Int32
  ) throws(Failure) -> (program: ChildProcess, output: Int32, complaints: Int32) {
    let bytes = try ChildProcess.pipe()
    defer { close(bytes.write) }
    do throws(Failure) {
      let words = try ChildProcess.pipe()
      defer { close(words.write) }
      do throws(Failure) {
        // The open file rather than its name, which might look like an option.
        let program = try ChildProcess(
          gzip, ["-dc"], input: packed, output: bytes.write, error: words.write)
        return (program, bytes.read, words.read)
      } catch {
        close(words.read)
        throw error
      }
    } catch {
      close(bytes.read)
      throw error
    }
  }

  /// Ends the program.
  ///
  /// - Throws: ``DigitsError`` if the file was not gzip's, or broken. Being stopped while there is
  ///   still something to unpack is no failure.
  func finish() throws(DigitsError) {
    var rest: [UInt8] = []
    try output.read(upTo: 1, into: &rest)
    // Where something is left it has been told enough.
    let end = program.wait(seconds: Unpacking.patience, stop: { !rest.isEmpty })
    // 2 is a warning: zeros after the end, for example.
    if !rest.isEmpty || end == .exited(0) || end == .exited(2) { return }
    let complaint = try lastComplaint()
    if end == .exited(1), !complaint.contains("memory") {
      throw Unpacking.failure(file, "is not what gzip can unpack (\(complaint))")
    }
    throw DigitsError(
      kind: .exhausted, file: file, problem: "cannot be unpacked: gzip failed (\(complaint))",
      advice: "unpack it yourself, or raise the limits on memory (ulimit -v)")
  }

  /// The last line that gzip said, without its own name and what it calls its input.
  private func lastComplaint() throws(DigitsError) -> String {
    var bytes: [UInt8] = []
    try complaints.read(upTo: 4096, into: &bytes)
    let lines = String(fileName: bytes).split(separator: "\n")
    var words = lines.last.map { $0.split(separator: ": ") } ?? ["no reason given"]
    while words.count > 1, words[0].contains("gzip") || words[0] == "stdin" {
      words.removeFirst()
    }
    return words.joined(separator: ": ").trimmingCharacters(in: .whitespaces)
  }

  private static func failure(_ file: String, _ problem: String) -> DigitsError {
    .malformed(file, problem, "unpack it yourself, or download it again")
  }
}
