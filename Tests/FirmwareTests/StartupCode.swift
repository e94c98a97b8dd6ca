import Foundation

/// Machine code that stands as numbers in a source file, and the instructions that its comment gives.
struct StartupCode {
  /// The constant's name.
  let name: String
  /// What the comment says, one instruction each.
  let comment: [String]
  /// The code, in the order of memory.
  let bytes: [UInt8]

  /// All code of a source file: constants in a section of instructions.
  static func all(in source: String) -> [StartupCode] {
    let chunks = source.components(separatedBy: "@section(\".text")
    return zip(chunks, chunks.dropFirst()).map { StartupCode(before: $0, after: $1) }
  }

  /// - Parameters:
  ///   - before: the source that ends with the comment.
  ///   - after: the source from the section's name on.
  private init(before: String, after: String) {
    let lines = before.split(separator: "\n").reversed().prefix { $0.hasPrefix("///") }
    let text = lines.reversed().map { $0.dropFirst(3) }.joined(separator: " ")
    // Between the first two backquotes.
    let quoted = text.split(separator: "`", omittingEmptySubsequences: false).dropFirst().first
    comment = (quoted ?? "").split(separator: ";").map(StartupCode.normalized)
    let parts = after.split(separator: "=", maxSplits: 1)
    let head = parts.first ?? ""
    name = head.split(separator: "let ").last?.prefix { $0 != ":" }.description ?? ""
    let width = head.contains("UInt16") ? 2 : 4
    let values = (parts.last ?? "").drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
    // The words that follow code are addresses and numbers that it loads.
    let words = values.split(separator: ",")
      .map { $0.trimmingCharacters(in: .whitespacesAndNewlines).replacing("_", with: "") }
      .prefix { $0.hasPrefix("0x") }.compactMap { UInt32($0.dropFirst(2), radix: 16) }
    bytes = words.flatMap { word in
      (0..<width).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
    }
  }

  /// What the code is, one instruction each.
  func disassembled(_ triple: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["llvm-mc", "--disassemble", "-triple=\(triple)"]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
    try process.run()
    let text = bytes.map { "0x" + String($0, radix: 16) }.joined(separator: " ")
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let lines = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return lines.split(separator: "\n").map(StartupCode.normalized).filter { $0 != ".text" }
  }

  /// Small letters, single spaces, no remarks, and all numbers decimal and without the sign that may stand
  /// before them: however they were written.
  static func normalized(_ instruction: some StringProtocol) -> String {
    let words = instruction.lowercased().prefix { $0 != "/" && $0 != "@" }
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.replacing("#", with: "").replacing(/0x[0-9a-f]+/) { match in
      UInt64(match.output.dropFirst(2), radix: 16).map { "\($0)" } ?? "\(match.output)"
    }
  }
}
