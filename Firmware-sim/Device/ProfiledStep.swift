import Int8Runtime

/// A step of reading a picture on a chip, as it is profiled. (Finding the ink is the host's affair.)
package enum ProfiledStep: String, Sendable, CaseIterable {
  /// Finding the center of mass and how the ink lies.
  case center
  /// Sampling the picture anew, and starting the hidden sums with their biases.
  case deskew
  /// Listing what is not zero.
  case list
  /// Summing products of inputs and hidden weights.
  case hidden
  /// Requantizing the sums.
  case activation
  /// The logits.
  case output

  /// Whether it comes before the network.
  package var isPreprocessing: Bool { self == .center || self == .deskew }
}

/// What a step takes.
package struct StepProfile: Sendable {
  /// Which.
  package let step: ProfiledStep
  /// Instructions as the simulator estimates them.
  package let estimated: Int
  /// Bytes that it reads of the model image.
  package let flashBytes: Int
  /// Bytes of RAM that it reads and writes.
  package let ramBytes: Int
}

/// What is not zero of a picture.
package struct InkCounts: Sendable {
  /// Groups of four pixels, pairs of inputs, and inputs.
  package let quads, pairs, inputs: Int

  /// - Parameters:
  ///   - pixels: of the 28x28 picture.
  ///   - features: what the network sees of it.
  package init(pixels: [UInt8], features: [UInt8]) {
    quads = unsafe InstructionCost.nonzero(4, in: pixels.span.bytes)
    pairs = unsafe InstructionCost.nonzero(2, in: features.span.bytes)
    inputs = unsafe InstructionCost.nonzero(1, in: features.span.bytes)
  }
}

extension InstructionCost {
  /// What each step takes of a picture.
  package func profile(_ ink: InkCounts, _ shape: ModelShape) -> [StepProfile] {
    let (inputs, hidden) = (shape.inputSpec.inputs, shape.hidden)
    let before = preprocessing(
      nonzeroQuads: ink.quads, nonzeroPairs: ink.pairs, inputSpec: shape.inputSpec)
    let center = Int(centerOnce + centerQuad * Double(ink.quads))
    let output = Int(Double(hidden * shape.classes) * self.output)
    let activation = Int(Double(hidden) * unit)
    let list = Int(listing(pairs: ink.pairs, nonzeroInputs: ink.inputs, inputs: inputs))
    let all = classify(nonzeroPairs: ink.pairs, nonzeroInputs: ink.inputs, shape: shape)
    let listBytes = bytesPerNonzeroPair * ink.pairs
    return ProfiledStep.allCases.map { step in
      switch step {
      case .center:
        StepProfile(step: step, estimated: center, flashBytes: 0, ramBytes: pictureBytes)
      case .deskew:
        StepProfile(
          step: step, estimated: before - center, flashBytes: 4 * hidden,
          ramBytes: pictureBytes + inputs + 4 * hidden)
      case .list:
        StepProfile(step: step, estimated: list, flashBytes: 0, ramBytes: inputs + listBytes)
      case .hidden:
        // The rest, so that the steps make the whole.
        StepProfile(
          step: step, estimated: all - list - activation - output,
          flashBytes: bytesPerPair * ink.pairs * hidden / unitsPerBlock,
          ramBytes: listBytes + 8 * hidden)
      case .activation:
        StepProfile(
          step: step, estimated: activation, flashBytes: 5 * hidden, ramBytes: 5 * hidden)
      case .output:
        StepProfile(
          step: step, estimated: output, flashBytes: shape.classes * (hidden + 4),
          ramBytes: hidden + 4 * shape.classes)
      }
    }
  }
}
