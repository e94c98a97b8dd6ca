#if !canImport(TargetFeatures)
  #error("Sources/TargetFeatures is not searched for modules")
#endif

/// How the kernels are cut for the processor that is compiled for, so that sums stay in its registers and the
/// weights in use in its first-level cache. Results do not depend on it.
///
/// | instruction set | registers | a vector takes | block | in turns | classes |
/// | --- | --- | --- | --- | --- | --- |
/// | AVX-512 | 32 of 512 bits | 1 | 8 vectors | 2 | 10 |
/// | NEON | 32 of 128 bits | 4 | 4 vectors | 1 | 5 |
/// | AVX2 | 16 of 256 bits | 2 | 4 vectors | 1 | 5 |
/// | SSE2 | 16 of 128 bits | 4 | 2 vectors | 1 | 2 |
///
/// Int8 layers have blocks of as many vectors, for one picture at a time. A lane sums the products of two
/// inputs of 16 bits at once, of four bytes where VNNI is, so that a block takes this much of a tile:
///
/// | | products | inputs a word | inputs of a tile, widest block |
/// | --- | --- | --- | --- |
/// | AVX-512 with VNNI | `vpdpbusd` | 4 | 256 |
/// | AVX-512 | `vpmaddwd` | 2 | 128 |
/// | AVX2 | `vpmaddwd` | 2 | 256 |
/// | NEON | `smlal` | 2 | 256 |
/// | SSE2 | `pmaddwd` | 2 | 512 |
///
/// What the processor has is asked of `TargetFeatures`; fused multiplications stand for AVX2.
package enum KernelShape {
  #if canImport(TargetHasAVX512)
    /// The most vectors of a column block: so many sums are in registers for one sample or row.
    package static var blockVectors: Int { 8 }
    /// How many samples, or rows, are summed in turns: a sum waits for the addition before.
    static var inTurns: Int { 2 }
    /// How many classes of the output layer are summed at once.
    static var classesAtOnce: Int { 10 }
  #elseif arch(arm64) || canImport(TargetHasFMA)
    /// The most vectors of a column block: so many sums are in registers for one sample or row.
    package static var blockVectors: Int { 4 }
    /// How many samples, or rows, are summed in turns: a sum waits for the addition before.
    static var inTurns: Int { 1 }
    /// How many classes of the output layer are summed at once.
    static var classesAtOnce: Int { 5 }
  #else
    /// The most vectors of a column block: so many sums are in registers for one sample or row.
    package static var blockVectors: Int { 2 }
    /// How many samples, or rows, are summed in turns: a sum waits for the addition before.
    static var inTurns: Int { 1 }
    /// How many classes of the output layer are summed at once.
    static var classesAtOnce: Int { 2 }
  #endif

  #if canImport(TargetHasAVX512)
    /// How many registers a vector takes.
    package static var registersPerVector: Int { 1 }
  #elseif arch(x86_64) && canImport(TargetHasFMA)
    /// How many registers a vector takes.
    package static var registersPerVector: Int { 2 }
  #else
    /// How many registers a vector takes.
    package static var registersPerVector: Int { 4 }
  #endif

  #if canImport(TargetHasVNNI)
    /// How many neighboring inputs of Int8 layers a word of 32 bits has.
    package static var inputsPerWord: Int { 4 }
  #else
    /// How many neighboring inputs of Int8 layers a word of 32 bits has.
    package static var inputsPerWord: Int { 2 }
  #endif

  /// How many vectors of weights are used for all samples before the next ones: 32 KB, a first-level cache.
  static var weightTile: Int { 512 }

  /// Likewise of Int8 layers, how many sections of 64 inputs of a block of so many vectors.
  package static func sectionsPerTile(blockVectors: Int) -> Int {
    max(1, weightTile * inputsPerWord / (64 * blockVectors))
  }
}
