import Network

#if !canImport(TargetFeatures)
  #error("Sources/TargetFeatures is not searched for modules")
#endif

// How the kernels of Int8 layers are cut. They have blocks of as many vectors as those that train, for one picture
// at a time. A lane sums the products of two inputs of 16 bits at once, of four bytes where VNNI is, so that a
// block takes this much of a tile:
//
// | | products | inputs a word | inputs of a tile, widest block |
// | --- | --- | --- | --- |
// | AVX-512 with VNNI | `vpdpbusd` | 4 | 256 |
// | AVX-512 | `vpmaddwd` | 2 | 128 |
// | AVX2 | `vpmaddwd` | 2 | 256 |
// | NEON | `smlal` | 2 | 256 |
// | SSE2 | `pmaddwd` | 2 | 512 |
extension KernelShape {
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

  /// How many sections of 64 inputs of a block of so many vectors are used for all pictures before the next ones.
  package static func sectionsPerTile(blockVectors: Int) -> Int {
    max(1, weightTile * inputsPerWord / (64 * blockVectors))
  }
}
