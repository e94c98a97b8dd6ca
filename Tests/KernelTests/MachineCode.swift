import Foundation
import Testing

/// An instruction set that the kernels are compiled for, whatever machine the tests run on.
struct InstructionSet: Sendable, CustomTestStringConvertible {
  let name: String
  let triple: String
  /// What the compiler is told of the processor.
  let flags: [String]
  /// Widths of column blocks that there are kernels for.
  let widths: Int
  /// What names a register of sums, and how many of them a vector takes.
  let register: String
  let registersPerVector: Int
  /// Fused multiplications and additions by name; nil where the processor has none.
  let fused: String?
  /// Sums of products of integers by name.
  let integerProducts: String

  var testDescription: String { name }

  static let all = x86 + [aarch64]

  /// With one that has an instruction of its own for products of bytes.
  static let forIntegers =
    all + [
      InstructionSet(
        name: "Ice Lake (AVX-512 with VNNI)", triple: "x86_64-unknown-none-elf",
        flags: ["-Xcc", "-march=icelake-server"],
        widths: 4,
        register: "%zmm", registersPerVector: 1, fused: "vfmadd", integerProducts: "vpdpbusd")
    ]

  private static let x86 = [
    InstructionSet(
      name: "x86-64-v4 (AVX-512)", triple: "x86_64-unknown-none-elf",
      flags: ["-Xcc", "-march=x86-64-v4"], widths: 4, register: "%zmm",
      registersPerVector: 1, fused: "vfmadd", integerProducts: "vpmaddwd"),
    InstructionSet(
      name: "x86-64-v3 (AVX2)", triple: "x86_64-unknown-none-elf",
      flags: ["-Xcc", "-march=x86-64-v3"], widths: 3, register: "%ymm",
      registersPerVector: 2, fused: "vfmadd", integerProducts: "vpmaddwd"),
    InstructionSet(
      name: "x86-64-v2 (SSE)", triple: "x86_64-unknown-none-elf",
      flags: ["-Xcc", "-march=x86-64-v2"], widths: 2, register: "%xmm", registersPerVector: 4,
      fused: nil, integerProducts: "pmaddwd"),
  ]

  static let aarch64 = InstructionSet(
    name: "aarch64 (NEON)", triple: "aarch64-none-none-elf", flags: [], widths: 3, register: ".4s",
    registersPerVector: 4, fused: "fmla", integerProducts: "smlal")
}

/// A function as the compiler writes it in assembly language, with its own remarks on loops and spills.
struct MachineCode {
  /// The mangled name.
  let symbol: String
  private let lines: [Substring]

  /// Functions called, by name.
  var calls: [String] {
    lines.compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count > 1, ["callq", "bl", "blr"].contains(words[0]) else { return nil }
      return String(words[1]).replacing("@PLT", with: "")
    }
  }

  /// The code of each loop that has no loop inside and multiplies.
  var innerLoops: [[Substring]] {
    var blocks: [[Substring]] = []
    for line in lines {
      let isStart = line.hasPrefix(".LBB") || line.hasPrefix("# %bb.") || line.hasPrefix("// %bb.")
      if isStart || blocks.isEmpty { blocks.append([]) }
      blocks[blocks.count - 1].append(line)
    }
    var loops: [String: [Substring]] = [:]
    var innermost: Set<String> = []
    for block in blocks {
      guard let loop = MachineCode.loop(of: block) else { continue }
      loops[loop.header, default: []] += block
      if loop.isInnermost { innermost.insert(loop.header) }
    }
    return innermost.compactMap { loops[$0] }.filter { loop in
      loop.contains { line in MachineCode.products.contains { line.contains($0) } }
    }
  }

  /// Multiplications by name, of real numbers and of integers.
  private static let products = [
    "fma", "fmla", "mulps", "fmul", "pmaddwd", "dpbusd", "mlal", "pmull",
  ]

  /// The header of the loop that a block is in, and whether the block says that the loop has none inside.
  private static func loop(of block: [Substring]) -> (header: String, isInnermost: Bool)? {
    let remarks = block.prefix { line in
      line.hasPrefix(".LBB") || line.hasPrefix("#") || line.hasPrefix("//")
        || line.drop(while: \.isWhitespace).hasPrefix("#")
        || line.drop(while: \.isWhitespace).hasPrefix("//")
    }.joined(separator: "\n")
    if remarks.contains("Inner Loop Header"), let label = remarks.split(separator: ":").first {
      return (String(label.dropFirst(2)), true)  // .LBB1_2 is BB1_2.
    }
    guard let header = remarks.firstRange(of: "in Loop: Header=") else { return nil }
    let name = remarks[header.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return (String(name), false)
  }

  /// The functions in a module's assembly.
  static func functions(in assembly: String) -> [MachineCode] {
    var functions: [MachineCode] = []
    var symbol: String?
    var lines: [Substring] = []
    for line in assembly.split(separator: "\n") {
      if line.hasPrefix("$e"), let end = line.firstIndex(of: ":") {
        symbol = String(line[..<end])
        lines = []
      } else if line.hasPrefix(".Lfunc_end"), let name = symbol {
        functions.append(MachineCode(symbol: name, lines: lines))
        symbol = nil
      } else {
        lines.append(line)
      }
    }
    return functions
  }
}

extension Sequence<Substring> {
  /// Vectors kept on the stack because there were too few registers, or read from there.
  var vectorSpills: Int {
    let sizes = ["16-byte", "32-byte", "64-byte"]
    return count { line in
      (line.contains("Spill") || line.contains("Reload")) && sizes.contains { line.contains($0) }
    }
  }
}

/// The kernels compiled for an instruction set, once a test run.
enum CompiledKernels {
  /// Whether there is a compiler with the library for bare metal.
  static let canCompile =
    (try? withFolder { try compile(modules[0], for: .aarch64, into: $0) }) != nil

  private static let assemblies = Cache()

  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources").path

  /// A module by name, and the files it is compiled from here.
  private typealias CompiledModule = (name: String, files: [String])

  /// What trains, and then what classifies on a host; each imports those before it.
  private static let modules: [CompiledModule] = [
    ("SIMDMath", files("SIMDMath")), ("Network", files("Network/Kernels")),
    (
      "HostInt8",
      ["KernelShape+Int8", "DotProduct", "NonzeroWords", "Int8Batch"].map {
        "\(sources)/../Tools/host-int8/\($0).swift"
      }
    ),
  ]

  private static func files(_ folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(sources)/\(folder)")) ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { "\(sources)/\(folder)/\($0)" }
  }

  /// The functions of the kernels that train.
  static func functions(for set: InstructionSet) throws -> [MachineCode] {
    try functions(of: 1, for: set)
  }

  /// The functions of hosts' kernels of integers.
  static func integerFunctions(for set: InstructionSet) throws -> [MachineCode] {
    try functions(of: 2, for: set)
  }

  private static func functions(of index: Int, for set: InstructionSet) throws -> [MachineCode] {
    try assemblies.value("\(set.name), \(index)") {
      try withFolder { folder in
        for module in modules[..<index] { _ = try compile(module, for: set, into: folder) }
        return MachineCode.functions(in: try compile(modules[index], for: set, into: folder))
      }
    }
  }

  private static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.path + "/kernels-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// The assembly of a module, which is left in the folder, where others find it.
  private static func compile(
    _ module: CompiledModule, for set: InstructionSet, into folder: String
  ) throws -> String {
    let output = "\(folder)/\(module.name).s"
    let features = ["Embedded", "Lifetimes", "BuiltinModule"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    var arguments = [
      "swiftc", "-emit-assembly", "-O", "-wmo", "-parse-as-library", "-package-name", "SIMDigit",
      "-module-name", module.name, "-emit-module", "-emit-module-path",
      "\(folder)/\(module.name).swiftmodule", "-I", folder,
      "-Xcc", "-fmodule-map-file=\(sources)/TargetFeatures/module.modulemap",
      "-target", set.triple, "-o", output,
    ]
    for feature in features { arguments += ["-enable-experimental-feature", feature] }
    process.arguments = arguments + set.flags + module.files
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return try String(contentsOfFile: output, encoding: .utf8)
  }
}

/// Values that are made once, whichever test asks first.
private final class Cache: @unchecked Sendable {
  // The lock guards the dictionary, and is held while a value is made.
  private let lock = NSLock()
  private var values: [String: [MachineCode]] = [:]

  func value(_ key: String, _ make: () throws -> [MachineCode]) rethrows -> [MachineCode] {
    lock.lock()
    defer { lock.unlock() }
    if let value = values[key] { return value }
    let value = try make()
    values[key] = value
    return value
  }
}
