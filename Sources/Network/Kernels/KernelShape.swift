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

  /// How many vectors of weights are used for all samples before the next ones: 32 KB, a first-level cache.
  package static var weightTile: Int { 512 }
}
