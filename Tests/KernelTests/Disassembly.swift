import Foundation

/// The machine code of a kernel, as the compiler left it for this test.
struct MachineCode {
  /// The mangled name.
  let symbol: String
  /// Instructions, and relocations that name what is called.
  let lines: [String]

  /// Functions called, by name.
  var calls: [String] {
    lines.filter { $0.contains("R_X86_64_PLT32") || $0.contains("R_X86_64_GOTPCRELX") }
      .compactMap { $0.split(whereSeparator: \.isWhitespace).last }
      .map { String($0).replacing("-0x4", with: "") }
  }

  /// Vectors kept on the stack because there were too few registers, or read from there.
  var spills: Int {
    lines.count { line in
      (line.contains("mm")) && (line.contains("(%rsp") || line.contains("(%rbp"))
    }
  }

  /// Additions and multiplications of vectors, by register.
  func arithmetic(on register: String) -> Int {
    lines.count { line in
      ["vaddps", "vmulps", "vsubps", "vpmaddwd", "vpdpbusd", "vpaddd"].contains {
        line.contains($0)
      } && line.contains(register)
    }
  }

  /// The functions of a source file of `Kernels`, or why they cannot be read.
  static func functions(of file: String) throws(Unavailable) -> [MachineCode] {
    #if arch(x86_64) && os(Linux)
      let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      let object = products.appendingPathComponent("Kernels.build/\(file).swift.o").path
      guard FileManager.default.fileExists(atPath: object) else {
        throw Unavailable(reason: "there is no \(object)")
      }
      let tools = ["/usr/bin/objdump", "/usr/bin/llvm-objdump"]
      guard let tool = tools.first(where: FileManager.default.isExecutableFile) else {
        throw Unavailable(reason: "there is no objdump")
      }
      return split(try output(of: tool, ["-dr", "--no-show-raw-insn", object]))
    #else
      throw Unavailable(reason: "only x86-64 Linux is looked at")
    #endif
  }

  private static func output(
    of tool: String, _ arguments: [String]
  ) throws(Unavailable) -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = arguments
    process.standardOutput = pipe
    do { try process.run() } catch { throw Unavailable(reason: "\(tool) does not start") }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static func split(_ text: String) -> [MachineCode] {
    var functions: [MachineCode] = []
    var symbol = ""
    var lines: [String] = []
    for line in text.split(separator: "\n") {
      if line.hasSuffix(">:"), let start = line.firstIndex(of: "<") {
        if !symbol.isEmpty { functions.append(MachineCode(symbol: symbol, lines: lines)) }
        symbol = String(line[line.index(after: start)...].dropLast(2))
        lines = []
      } else {
        lines.append(String(line))
      }
    }
    if !symbol.isEmpty { functions.append(MachineCode(symbol: symbol, lines: lines)) }
    return functions
  }
}

/// The machine code cannot be looked at here.
struct Unavailable: Error {
  let reason: String
}
