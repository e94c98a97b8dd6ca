import Testing

/// What the compiler makes of the hot kernels, for each instruction set, on whatever machine this runs. A
/// kernel that starts to allocate, to count references, to call the mathematics library or to keep its sums
/// on the stack gives the right numbers, slowly; this is where it shows.
@Suite(
  "Machine code of the kernels",
  .enabled(
    if: CompiledKernels.canCompile, "this toolchain has no library for bare metal to compile for"))
struct MachineCodeTests {
  /// A kernel: what its mangled name contains, and how many copies there are of it for each width of column block.
  struct Kernel: Sendable, CustomTestStringConvertible {
    let name: String
    /// How many copies there are for each width; nil where widths make no difference.
    let copiesPerWidth: Int?
    /// How many there are where widths make no difference.
    var copies = 1

    var testDescription: String { name }
  }

  private static let kernels = [
    Kernel(name: "RegisterBlockO7forward", copiesPerWidth: 1),
    Kernel(name: "RegisterBlockO8backward", copiesPerWidth: 3),  // One for each rule.
    Kernel(name: "RegisterBlockO10sumClasses", copiesPerWidth: 1),
    Kernel(name: "RegisterBlockO3sum", copiesPerWidth: 1),
    // As many classes as have registers, and one.
    Kernel(name: "ClassBlockO10addClasses", copiesPerWidth: nil, copies: 2),
  ]

  private static let integerKernels = [
    Kernel(name: "WordBlock", copiesPerWidth: 1), Kernel(name: "10outputSums", copiesPerWidth: nil),
  ]

  /// What a kernel may call: the check of the stack's guard, and clearing the few words it has there.
  /// Where no instruction multiplies and adds, a function of ours does.
  private static let allowed = ["__stack_chk_fail", "memset", "fusedByDoubles"]

  /// All copies of a kernel, as many as there have to be.
  private func copies(of kernel: Kernel, for set: InstructionSet) throws -> [MachineCode] {
    try copies(of: kernel, in: CompiledKernels.functions(for: set), set)
  }

  private func copies(
    of kernel: Kernel, in functions: [MachineCode], _ set: InstructionSet
  ) throws -> [MachineCode] {
    let codes = functions.filter { $0.symbol.contains(kernel.name) }
    try #require(
      codes.count == kernel.copiesPerWidth.map { $0 * set.widths } ?? kernel.copies,
      "\(codes.map(\.symbol))")
    return codes
  }

  @Test(
    "no calls to the allocator, reference counting or the mathematics library",
    arguments: InstructionSet.all, kernels)
  func callsNothing(set: InstructionSet, kernel: Kernel) throws {
    for code in try copies(of: kernel, for: set) {
      let calls = code.calls.filter { name in
        !MachineCodeTests.allowed.contains { name.contains($0) }
      }
      #expect(calls == [], "\(code.symbol)")
    }
  }

  @Test(
    "inner loops multiply and add in one instruction on whole registers and keep every sum in one",
    arguments: InstructionSet.all.filter { $0.fused != nil }, kernels)
  func innerLoopsStayInRegisters(set: InstructionSet, kernel: Kernel) throws {
    let fused = try #require(set.fused)
    for code in try copies(of: kernel, for: set) {
      let loops = code.innerLoops
      try #require(!loops.isEmpty, "\(code.symbol)")
      for loop in loops {
        #expect(loop.vectorSpills == 0, "\(code.symbol)")
        let products = loop.filter { $0.contains(fused) }
        #expect(products.count >= set.registersPerVector, "\(code.symbol)")
        #expect(products.allSatisfy { $0.contains(set.register) }, "\(code.symbol)")
        // AdamW divides, and has products that nothing is added to.
        if loop.contains(where: { $0.contains("div") }) { continue }
        let apart = ["mulps", "addps", "fmul", "fadd"]
        #expect(!loop.contains { line in apart.contains { line.contains($0) } }, "\(code.symbol)")
      }
    }
  }

  @Test(
    "kernels of integers call nothing, sum products on whole registers and keep every sum in one",
    arguments: InstructionSet.forIntegers, integerKernels)
  func integersStayInRegisters(set: InstructionSet, kernel: Kernel) throws {
    for code in try copies(of: kernel, in: CompiledKernels.integerFunctions(for: set), set) {
      #expect(code.calls.allSatisfy { $0.contains("__stack_chk_fail") }, "\(code.symbol)")
      let loops = code.innerLoops
      try #require(!loops.isEmpty, "\(code.symbol)")
      for loop in loops {
        #expect(loop.vectorSpills == 0, "\(code.symbol)")
        let products = loop.filter { $0.contains(set.integerProducts) }
        #expect(products.count >= set.registersPerVector, "\(code.symbol)")
        #expect(products.allSatisfy { $0.contains(set.register) }, "\(code.symbol)")
        // Nothing is widened, or multiplied by itself, beside them.
        let apart = ["pmull", "pmovsx", "sshll", "smull", "\tmul\t", "\tmla\t"]
        #expect(!loop.contains { line in apart.contains { line.contains($0) } }, "\(code.symbol)")
      }
    }
  }
}
