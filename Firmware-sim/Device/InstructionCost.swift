import Int8Runtime

/// Estimates the instructions of an inference from what it does.
struct InstructionCost {
  /// For each active pair of inputs and block of eight units.
  let pairBlock: Double
  /// For each pair of inputs, to see whether it is active.
  let pairScan: Double
  /// For each hidden unit: bias, requantization and activation.
  let unit: Double
  /// For each output weight.
  let output: Double
  /// For each pixel, to condition it.
  let pixel: Double

  /// Counted in the code that the compiler makes of the runtime for the core.
  static func of(_ core: Core) -> InstructionCost {
    switch core {
    case .cortexM4:
      InstructionCost(pairBlock: 22, pairScan: 5, unit: 30, output: 4, pixel: 25)
    case .cortexM3:
      InstructionCost(pairBlock: 45, pairScan: 5, unit: 30, output: 4, pixel: 25)
    case .cortexM0, .cortexM0Plus:
      InstructionCost(pairBlock: 90, pairScan: 8, unit: 80, output: 7, pixel: 45)
    case .rv32:
      InstructionCost(pairBlock: 60, pairScan: 7, unit: 45, output: 5, pixel: 35)
    }
  }

  func instructions(features: RawSpan, geometry: Geometry) -> Int {
    var active = 0
    for pair in 0..<features.byteCount / 2 {
      active +=
        features.unsafeLoadUnaligned(fromByteOffset: 2 * pair, as: UInt16.self) == 0 ? 0 : 1
    }
    let hidden = Double(geometry.hidden)
    var total = Double(active) * hidden / 8 * pairBlock
    total += Double(geometry.contract.inputs / 2) * pairScan
    total += hidden * unit + 10 * hidden * output
    total += Double(pictureBytes) * pixel
    return Int(total)
  }
}
