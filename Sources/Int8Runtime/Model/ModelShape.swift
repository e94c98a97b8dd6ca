/// What a hidden unit does with its sum; raw values are those of the model image.
public enum ActivationKind: UInt8, Sendable {
  /// max(0, z).
  case relu = 0
  /// z above zero, a hundredth of it below.
  case leakyReLU = 1
  /// 1 / (1 + e⁻ᶻ).
  case sigmoid = 2
  /// The hyperbolic tangent.
  case tanh = 3

  /// ReLU is what requantization to UInt8 does anyway; the others need a table of 256 bytes.
  public var needsTable: Bool { self != .relu }
}

/// What happens to a picture before the network sees it.
public struct InputSpec: Sendable, Equatable {
  /// The side of the square the network sees: 28, or 14, 12 or 10 pooled from twice that many pixels.
  public var side: Int
  /// Whether the digit is deskewed and scaled by its moments, or only centered.
  public var deskew: Bool

  /// An input spec; ``isValid`` tells whether the runtime knows it.
  ///
  /// - Parameters:
  ///   - side: 28, 14, 12 or 10 pixels.
  ///   - deskew: whether the digit is deskewed and scaled by its moments.
  public init(side: Int, deskew: Bool) {
    self.side = side
    self.deskew = deskew
  }

  /// The sides that the runtime can bring a picture to.
  public static let sides: InlineArray<4, Int> = [28, 14, 12, 10]

  /// Whether ``side`` is one of ``sides``; written out, since a loop takes a firmware 12 to 16 bytes more.
  public var isValid: Bool { side == 28 || side == 14 || side == 12 || side == 10 }
  /// How many numbers the network sees: `side` squared.
  public var inputs: Int { side &* side }
}

/// The picture's side, 28, as MNIST has it.
public let pictureSide = 28
/// The bytes of a picture: one for each pixel, 0 background ... 255 ink, row by row.
public let pictureBytes = 784
/// What a model image holds, and therefore how large it is and where everything stands in it.
public struct ModelShape: Sendable, Equatable {
  /// How pictures are brought to the network.
  public var inputSpec: InputSpec
  /// Hidden units: a multiple of 16, 16 ... 1024.
  public var hidden: Int
  /// Classes: 2 ... 64.
  public var classes: Int
  /// The hidden layer's nonlinearity.
  public var activation: ActivationKind

  /// The most classes.
  package static var mostClasses: Int { 64 }
  /// How many classes there may be.
  package static var classCounts: ClosedRange<Int> { 2...mostClasses }

  /// A model shape; ``isValid`` tells whether the runtime can run it.
  ///
  /// - Parameters:
  ///   - inputSpec: how pictures are brought to the network.
  ///   - hidden: hidden units, a multiple of 16, 16 ... 1024.
  ///   - classes: 2 ... 64.
  ///   - activation: the hidden layer's nonlinearity.
  public init(inputSpec: InputSpec, hidden: Int, classes: Int, activation: ActivationKind) {
    self.inputSpec = inputSpec
    self.hidden = hidden
    self.classes = classes
    self.activation = activation
  }

  /// Whether every size is one that the runtime can run.
  @inline(__always)
  public var isValid: Bool {
    inputSpec.isValid && UInt(bitPattern: hidden &- 16) <= 1008 && hidden & 15 == 0
      && UInt(bitPattern: classes &- 2) <= UInt(bitPattern: ModelShape.mostClasses &- 2)
  }

  /// The bytes that weights and biases take: one a weight, four a bias.
  public var parameterBytes: Int {
    (inputSpec.inputs &+ classes) &* hidden &+ 4 &* (hidden &+ classes)
  }
}
