import Int8Runtime

/// Estimates the instructions of an inference from what is not zero in it, and from the layers' sizes.
///
/// The factors are a least-squares fit to the counts of the firmware under QEMU (`-icount shift=0`) over
/// the 10,000 test digits of MNIST with five images: 128 and 32 units on 28x28, deskewed and only
/// centered, and 96 units on 10x10. `Tools/fit-instruction-cost` prints them; they hold for the
/// compiler and the flags of `Firmware-sim/Firmware/Toolsets`.
///
/// On digits that it was fitted to, classification is off by 0.3 to 0.7 % in the mean and 4 % at worst,
/// conditioning by 2 % and 13 %.
public struct InstructionCost: Sendable {
  /// For each active pair of inputs and block of eight units.
  let pairBlock: Double
  /// For each active pair: its place in the list.
  let pair: Double
  /// For each four inputs, to see whether they are active.
  let fourInputs: Double
  /// For each hidden unit: bias, requantization and activation. The fit gives this and ten output
  /// weights in one; the share of each is read off the compiled loops.
  let unit: Double
  /// For each output weight.
  let output: Double
  /// For each classification.
  let once: Double
  /// Conditioning to 28x28 by moments.
  let deskewed: Conditioning
  /// The same to fewer pixels.
  let pooled: Conditioning
  /// Conditioning by the center of mass alone.
  let centered: Conditioning

  /// A conditioning's instructions: for each four pixels with ink, each pair of inputs with ink, and once.
  struct Conditioning: Sendable {
    let quad: Double
    let pair: Double
    let once: Double
  }

  /// The fit for a core's kernels: dual multiplications on the Cortex-M4, the portable ones elsewhere. A
  /// Cortex-M0+ runs the code of the Cortex-M0.
  public static func of(_ core: Core) -> InstructionCost {
    switch core {
    case .cortexM0, .cortexM0Plus: cortexM0
    case .cortexM3: cortexM3
    case .cortexM4: cortexM4
    case .rv32: rv32
    }
  }

  private static let cortexM0 = InstructionCost(
    pairBlock: 101.87, pair: 38.31, fourInputs: 3.18, unit: 78.94, output: 8, once: 2004,
    deskewed: Conditioning(quad: 48.15, pair: 54.45, once: 12671),
    pooled: Conditioning(quad: 65.56, pair: 119.42, once: 13749),
    centered: Conditioning(quad: 35, pair: 0.4, once: 18714))

  private static let cortexM3 = InstructionCost(
    pairBlock: 61.07, pair: 18.1, fourInputs: 5.38, unit: 35.47, output: 5, once: 1289,
    deskewed: Conditioning(quad: 19.36, pair: 41.6, once: 9526),
    pooled: Conditioning(quad: 34.22, pair: 86.8, once: 10584),
    centered: Conditioning(quad: 21.23, pair: 0.1, once: 15040))

  private static let cortexM4 = InstructionCost(
    pairBlock: 19.92, pair: 18.15, fourInputs: 5.6, unit: 35.43, output: 2.5, once: 1305,
    deskewed: Conditioning(quad: 17.4, pair: 41.55, once: 9502),
    pooled: Conditioning(quad: 32.25, pair: 86.75, once: 10565),
    centered: Conditioning(quad: 19.41, pair: 0.04, once: 15036))

  private static let rv32 = InstructionCost(
    pairBlock: 66.91, pair: 20.62, fourInputs: 3.37, unit: 50.7, output: 6, once: 1439,
    deskewed: Conditioning(quad: 34.51, pair: 46.75, once: 9154),
    pooled: Conditioning(quad: 49.62, pair: 102.83, once: 9889),
    centered: Conditioning(quad: 29.38, pair: 0.07, once: 12655))
}

extension InstructionCost {
  /// Classification without conditioning.
  public func classify(activePairs: Int, hidden: Int, inputs: Int) -> Int {
    Int(
      listing(pairs: activePairs, inputs: inputs) + summing(pairs: activePairs, hidden: hidden)
        + Double(hidden) * (unit + 10 * output))
  }

  /// Conditioning of a picture with so many active quads to features with so many active pairs.
  public func conditioning(
    activeQuads: Int, activePairs: Int, contract: InputContract
  ) -> Int {
    // Pooling without deskewing was not measured: the same work on fewer pixels.
    let cost =
      !contract.deskew ? centered : contract.side == pictureSide ? deskewed : pooled
    return Int(cost.once + cost.quad * Double(activeQuads) + cost.pair * Double(activePairs))
  }

  /// Conditioning and classification.
  func instructions(quads: Int, features: RawSpan, geometry: Geometry) -> Int {
    let pairs = InstructionCost.active(2, in: features)
    return conditioning(activeQuads: quads, activePairs: pairs, contract: geometry.contract)
      + classify(activePairs: pairs, hidden: geometry.hidden, inputs: geometry.contract.inputs)
  }

  /// Looking for active pairs.
  func listing(pairs: Int, inputs: Int) -> Double {
    once + pair * Double(pairs) + fourInputs * Double(inputs) / 4
  }

  /// Summing over them.
  func summing(pairs: Int, hidden: Int) -> Double {
    pairBlock * Double(pairs) * Double(hidden) / 8
  }

  /// How many groups of `size` bytes are not all zero: 4 pixels make a quad, 2 inputs a pair.
  public static func active(_ size: Int, in bytes: RawSpan) -> Int {
    var count = 0
    for group in stride(from: 0, to: bytes.byteCount - size + 1, by: size) {
      let isActive = (group..<group + size).contains {
        bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) != 0
      }
      count += isActive ? 1 : 0
    }
    return count
  }
}
