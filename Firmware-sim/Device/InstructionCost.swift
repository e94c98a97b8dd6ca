import Int8Runtime

/// Estimates the instructions of an inference from what is not zero in it, and from the layers' sizes.
///
/// The factors are a least-squares fit to the counts of the firmware under QEMU (`-icount shift=0`) over
/// the 10,000 test digits of MNIST with five images: 128 and 32 units on 28x28, deskewed and only
/// centered, and 96 units on 10x10; conditioning, and all of the Cortex-M0 and the RV32, over the first
/// 1,000 of them with four images. Terms below zero only correct others. `Tools/fit-instruction-cost` prints them; they hold for the
/// compiler and the flags of `Firmware-sim/Firmware/Toolsets`.
///
/// On digits that it was fitted to, classification is off by 0.3 to 0.8 % in the mean and 4 % at worst
/// (on the RV32, which leaves out the zero of a pair, by 2.5 % and 13 %), conditioning by 3.2 % and 14 %.
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

  /// The fit for a core's kernels: each has its own but the Cortex-M3, which has the portable ones. A
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
    pairBlock: 74.32, pair: 33.66, fourInputs: -15.26, unit: 36.12, output: 5, once: 7071,
    deskewed: Conditioning(quad: 58.91, pair: 55.85, once: 12476),
    pooled: Conditioning(quad: 75.23, pair: 112.34, once: 13385),
    centered: Conditioning(quad: 36.06, pair: 0.07, once: 17440))

  private static let cortexM3 = InstructionCost(
    pairBlock: 61.07, pair: 18.11, fourInputs: 5.38, unit: 35.48, output: 5, once: 1220,
    deskewed: Conditioning(quad: 26.52, pair: 46.22, once: 9064),
    pooled: Conditioning(quad: 40.51, pair: 92.69, once: 10015),
    centered: Conditioning(quad: 21.4, pair: 0.06, once: 13604))

  private static let cortexM4 = InstructionCost(
    pairBlock: 19.92, pair: 18.14, fourInputs: 5.6, unit: 35.42, output: 2.5, once: 1237,
    deskewed: Conditioning(quad: 24.6, pair: 46.12, once: 9041),
    pooled: Conditioning(quad: 38.51, pair: 92.74, once: 9993),
    centered: Conditioning(quad: 19.37, pair: 0.03, once: 13609))

  private static let rv32 = InstructionCost(
    pairBlock: 48.21, pair: 22.36, fourInputs: -6.38, unit: 1.99, output: 4.75, once: 3442,
    deskewed: Conditioning(quad: 41.68, pair: 47.19, once: 9332),
    pooled: Conditioning(quad: 55.71, pair: 95.81, once: 9871),
    centered: Conditioning(quad: 29.4, pair: 0.09, once: 12045))
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
