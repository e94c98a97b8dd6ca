import Int8Runtime
import SIMDMath

/// Estimates the instructions of an inference from what is not zero in it, and from the layers' sizes.
///
/// The factors are a least-squares fit to the counts of the firmware under QEMU (`-icount shift=0`) over
/// the first 1,000 test digits of MNIST with seven images: 128 and 32 units on 28x28 deskewed, 128 and 64
/// centered, and 10x10, 12x12 and 14x14; for the RV32EC with six that fit one, of 16 to 48 units on 10x10, 12x12 and
/// 14x14. `Tools/fit-instruction-cost` prints them; they hold for the
/// compiler and the flags of `Firmware-sim/Firmware/Toolsets`.
///
/// On the digits that they were fitted to, classification is off by 1 % in the mean and 6 % at worst, 11 % on a
/// Cortex-M55, whose lists are fewer and longer, and preprocessing by 3 % and 14 %; on an RV32EC they are by 6 % and 26 %,
/// and 4 % and 18 %. The Cortex-M4's constant for deskewing is 143 below the fit's, which makes
/// the whole estimate's worst errors, too much and too little, equal at 32 units, where they are largest.
package struct InstructionCost: Sendable {
  /// For each nonzero pair of inputs and block of eight units.
  let pairBlock: Double
  /// For each nonzero pair both of whose inputs are nonzero and block, where a kernel leaves out the zero
  /// of a pair.
  let fullPairBlock: Double
  /// For each sixteen nonzero inputs, the last ones counted as sixteen, and block, where a kernel takes as many at once.
  var sixteenBlock = 0.0
  /// For each list of pairs behind the first and block, whose sums are taken up again.
  let listBlock: Double
  /// For each nonzero pair: its entry in the list.
  let pair: Double
  /// For each nonzero input: its entry, where a list is one of inputs.
  var input = 0.0
  /// For each four inputs, to see whether they are nonzero: counted in the compiled loops, as a fit over few
  /// sizes of input cannot tell it from what every classification takes.
  let fourInputs: Double
  /// For each hidden unit: bias, requantization and activation. The fit gives this and the weights of
  /// ten classes in one; the share of each is read off the compiled loops.
  let unit: Double
  /// For each output weight.
  let output: Double
  /// For each classification.
  let once: Double
  /// How many nonzero inputs a list has room for, where it is not one of pairs.
  var inputsListed: Int?
  /// What of preprocessing finds the center, once and for each four pixels with ink: fitted to twenty digits.
  let centerOnce, centerQuad: Double
  /// Preprocessing to 28x28 by moments.
  let deskewed: Preprocessing
  /// The same to fewer pixels.
  let pooled: Preprocessing
  /// Preprocessing by the center of mass alone.
  let centered: Preprocessing

  /// What preprocessing takes, in instructions: for each four pixels with ink, each pair of inputs with ink, each input
  /// where their number differs, and once.
  struct Preprocessing: Sendable {
    let quad: Double
    let pair: Double
    let input: Double
    let once: Double
  }

  /// The fit for a core's kernels: each has its own but the Cortex-M3, which has the portable ones. A
  /// Cortex-M0+ runs the code of the Cortex-M0.
  package static func of(_ core: Core) -> InstructionCost {
    switch core {
    case .cortexM0, .cortexM0Plus: cortexM0
    case .cortexM3: cortexM3
    case .cortexM4: cortexM4
    case .cortexM55: cortexM55
    case .rv32ec: rv32ec
    case .rv32, .rv32imac: rv32
    }
  }

  private static let cortexM0 = InstructionCost(
    pairBlock: 64.71, fullPairBlock: 0, listBlock: 194.03, pair: 13.86, fourInputs: 6, unit: 58.07,
    output: 5.5, once: 740,
    centerOnce: 4881, centerQuad: 36.07,
    deskewed: Preprocessing(quad: 55.72, pair: 55.8, input: 0, once: 13063),
    pooled: Preprocessing(quad: 62.49, pair: 141.58, input: 35.78, once: 9982),
    centered: Preprocessing(quad: 36.06, pair: 0.07, input: 0, once: 17440))

  private static let cortexM3 = InstructionCost(
    pairBlock: 58.34, fullPairBlock: 0, listBlock: 72.59, pair: 12.88, fourInputs: 5, unit: 29.76,
    output: 5, once: 481,
    centerOnce: 2212, centerQuad: 21.14,
    deskewed: Preprocessing(quad: 26.52, pair: 46.22, input: 0, once: 9064),
    pooled: Preprocessing(quad: 32.6, pair: 116.25, input: 31.39, once: 6686),
    centered: Preprocessing(quad: 21.4, pair: 0.06, input: 0, once: 13604))

  private static let cortexM4 = InstructionCost(
    pairBlock: 18.35, fullPairBlock: 0, listBlock: 53.59, pair: 12.72, fourInputs: 5, unit: 27.45,
    output: 2.5, once: 473,
    centerOnce: 2203, centerQuad: 19.39,
    deskewed: Preprocessing(quad: 24.6, pair: 46.12, input: 0, once: 8898),
    pooled: Preprocessing(quad: 30.64, pair: 116.08, input: 31.32, once: 6675),
    centered: Preprocessing(quad: 19.37, pair: 0.03, input: 0, once: 13609))

  private static let cortexM55 = InstructionCost(
    pairBlock: 0, fullPairBlock: 0, sixteenBlock: 40, listBlock: 76.2, pair: 0, input: 9.93,
    fourInputs: 2, unit: 8.85, output: 0.45, once: 480, inputsListed: 184,
    centerOnce: 2139, centerQuad: 18.27,
    deskewed: Preprocessing(quad: 24.17, pair: 44.35, input: 0, once: 8618),
    pooled: Preprocessing(quad: 29.56, pair: 112.6, input: 25.57, once: 6431),
    centered: Preprocessing(quad: 18.45, pair: 0, input: 0, once: 13570))

  /// Of a core that multiplies bit by bit: what is nonzero does not tell how many bits it has.
  private static let rv32ec = InstructionCost(
    pairBlock: 31.51, fullPairBlock: 189.58, listBlock: 0, pair: 389.22, fourInputs: 100,
    unit: 275.85, output: 22, once: 4631, inputsListed: 94,
    centerOnce: 8213, centerQuad: 242.21,
    deskewed: Preprocessing(quad: 434.57, pair: 612.63, input: 50.82, once: 17350),
    pooled: Preprocessing(quad: 434.57, pair: 612.63, input: 50.82, once: 17350),
    centered: Preprocessing(quad: 203.42, pair: 89.01, input: 185.36, once: 2))

  private static let rv32 = InstructionCost(
    pairBlock: 27.87, fullPairBlock: 23.97, listBlock: 60.52, pair: 12.16, fourInputs: 4,
    unit: 27.67, output: 4.19, once: 562,
    centerOnce: 2043, centerQuad: 29.48,
    deskewed: Preprocessing(quad: 42.05, pair: 46.76, input: 0, once: 9549),
    pooled: Preprocessing(quad: 48.25, pair: 117.6, input: 33.42, once: 6497),
    centered: Preprocessing(quad: 29.4, pair: 0.09, input: 0, once: 12046))
}

extension InstructionCost {
  /// Classification without preprocessing.
  package func classify(nonzeroPairs: Int, nonzeroInputs: Int, shape: ModelShape) -> Int {
    let (inputs, hidden) = (shape.inputSpec.inputs, shape.hidden)
    return Int(
      listing(pairs: nonzeroPairs, nonzeroInputs: nonzeroInputs, inputs: inputs)
        + summing(pairs: nonzeroPairs, nonzeroInputs: nonzeroInputs, hidden: hidden)
        + listBlock * Double(moreLists(nonzeroPairs, nonzeroInputs)) * Double(hidden) / 8
        + Double(hidden) * (unit + Double(shape.classes) * output))
  }

  /// Preprocessing of a picture with so many nonzero quads to features with so many nonzero pairs.
  package func preprocessing(
    nonzeroQuads: Int, nonzeroPairs: Int, inputSpec: InputSpec
  ) -> Int {
    // Pooling without deskewing was not measured: the same work on fewer pixels.
    let cost =
      !inputSpec.deskew ? centered : inputSpec.side == pictureSide ? deskewed : pooled
    return Int(
      cost.once + cost.quad * Double(nonzeroQuads) + cost.pair * Double(nonzeroPairs)
        + cost.input * Double(inputSpec.inputs))
  }

  /// Preprocessing of a picture with so many nonzero quads, and classification of what came of it.
  package func instructions(quads: Int, features: RawSpan, shape: ModelShape) -> Int {
    let pairs = InstructionCost.nonzero(2, in: features)
    return preprocessing(nonzeroQuads: quads, nonzeroPairs: pairs, inputSpec: shape.inputSpec)
      + classify(
        nonzeroPairs: pairs, nonzeroInputs: InstructionCost.nonzero(1, in: features), shape: shape)
  }

  /// Looking for nonzero pairs.
  func listing(pairs: Int, nonzeroInputs: Int, inputs: Int) -> Double {
    once + pair * Double(pairs) + input * Double(nonzeroInputs) + fourInputs * Double(inputs) / 4
  }

  /// How many lists so many entries take behind the first. A list takes the picture's memory, and one of pairs ends
  /// where it has no room for two more.
  private func moreLists(_ pairs: Int, _ nonzeroInputs: Int) -> Int {
    guard let inputsListed else {
      return max(0, pairs - 1) / (pictureBytes / bytesPerNonzeroPair - 1)
    }
    return max(0, nonzeroInputs - 1) / inputsListed
  }

  /// Summing over them.
  func summing(pairs: Int, nonzeroInputs: Int, hidden: Int) -> Double {
    let block =
      pairBlock * Double(pairs) + fullPairBlock * Double(nonzeroInputs - pairs)
      + sixteenBlock * Double((nonzeroInputs + 15) / 16)
    return block * Double(hidden) / 8
  }

  /// How many groups of `size` bytes are not all zero: 4 pixels make a quad, 2 inputs a pair.
  package static func nonzero(_ size: Int, in bytes: RawSpan) -> Int {
    var count = 0
    for group in stride(from: 0, to: bytes.byteCount - size + 1, by: size) {
      let isNonzero = (group..<group + size).contains {
        unsafe bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) != 0
      }
      count += isNonzero ? 1 : 0
    }
    return count
  }
}
