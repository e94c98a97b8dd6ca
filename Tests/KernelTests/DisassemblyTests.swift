import Foundation
import Testing

/// What the compiler makes of the hot kernels. A kernel that starts to allocate, to count references, to
/// call the mathematics library or to keep its sums on the stack gives the right numbers, slowly; this
/// is where it shows.
@Suite("Machine code of the kernels")
struct DisassemblyTests {
  /// A kernel: its file, what its mangled name contains, how many copies there are (one for each width
  /// of panel and rule), and how many vectors may go through the stack in each. To see whether there is
  /// ink in a row, and to add lanes up, shorter vectors will do.
  struct Kernel: Sendable, CustomTestStringConvertible {
    let file: String
    let name: String
    let copies: Int
    let spills: Int
    var short = 0

    var testDescription: String { name }
  }

  private static let kernels = [
    Kernel(file: "HiddenForward", name: "RegisterBlockO7forward", copies: 4, spills: 0),
    Kernel(file: "HiddenBackward", name: "RegisterBlockO8backward", copies: 12, spills: 49),
    Kernel(file: "OutputLayer", name: "RegisterBlockO3sum", copies: 4, spills: 0),
    Kernel(file: "Int8Batch", name: "RegisterTile", copies: 8, spills: 0),
    Kernel(file: "Int8Batch", name: "outputQuadSums", copies: 1, spills: 0),
    Kernel(file: "RowSampling", name: "sampleRow", copies: 1, spills: 0, short: 3),
    Kernel(file: "InkSums", name: "inkSums", copies: 1, spills: 0, short: 18),
  ]

  /// What a kernel may call: the check of the stack's guard, and clearing the few words it has there.
  private static let allowed = ["__stack_chk_fail", "memset"]

  private func copies(of kernel: Kernel) throws -> [MachineCode] {
    do {
      // Generic code that nothing runs stands beside its specializations.
      return try MachineCode.functions(of: kernel.file).filter { code in
        code.symbol.contains(kernel.name) && (kernel.copies == 1 || code.symbol.contains("Tf4"))
      }
    } catch {
      print("not checked: \(error.reason)")
      return []
    }
  }

  @Test(
    "no calls to the allocator, reference counting or libm, and few vectors on the stack",
    arguments: kernels)
  func callsAndSpills(kernel: Kernel) throws {
    let codes = try copies(of: kernel)
    if codes.isEmpty { return }
    #expect(codes.count == kernel.copies, "\(codes.map(\.symbol))")
    for code in codes {
      #expect(code.calls.filter { !DisassemblyTests.allowed.contains($0) } == [], "\(code.symbol)")
      #expect(code.spills <= kernel.spills, "\(code.symbol)")
    }
  }

  @Test("all sixteen lanes at once, where the processor has AVX-512", arguments: kernels)
  func fullWidth(kernel: Kernel) throws {
    let cpu = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let other = ProcessInfo.processInfo.environment["SIMDIGIT_MARCH"]
    guard cpu.contains("avx512f"), other == nil else {
      print("not checked: built for a processor without AVX-512")
      return
    }
    for code in try copies(of: kernel) {
      #expect(code.arithmetic(on: "%zmm") >= 2, "\(code.symbol)")
      let short = code.arithmetic(on: "%ymm") + code.arithmetic(on: "%xmm")
      #expect(short <= kernel.short, "\(code.symbol)")
    }
  }
}
