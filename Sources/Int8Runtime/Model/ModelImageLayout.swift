/// Where each part of a model image stands, in bytes from its start. All numbers are little-endian and
/// four-byte ones are aligned.
public struct ModelImageLayout: Sendable {
  /// Hidden biases, Int32 each.
  public let hiddenBias: Int
  /// Hidden requantization multipliers in Q31, Int32 each.
  public let hiddenMultiplier: Int
  /// Output biases, Int32 each.
  public let outputBias: Int
  /// Hidden weights, Int8, in blocks of eight units (see ``hiddenWeightOffset(input:unit:inputs:)``).
  public let hiddenWeights: Int
  /// Output weights, Int8: ten rows of one weight a hidden unit.
  public let outputWeights: Int
  /// Hidden requantization shifts, UInt8 each.
  public let hiddenShift: Int
  /// The activation's 256 bytes, where it has a table.
  public let table: Int
  /// The self-test digit, two pixels of four bits a byte, the left one low.
  public let selfTestPicture: Int
  /// The whole image.
  public let total: Int

  /// The layout of a valid model shape.
  public init(_ shape: ModelShape) {
    let hidden = shape.hidden
    hiddenBias = Header.bytes
    hiddenMultiplier = hiddenBias &+ 4 &* hidden
    outputBias = hiddenMultiplier &+ 4 &* hidden
    hiddenWeights = outputBias &+ 4 &* classCount
    outputWeights = hiddenWeights &+ shape.inputSpec.inputs &* hidden
    hiddenShift = outputWeights &+ classCount &* hidden
    table = hiddenShift &+ hidden
    selfTestPicture = table &+ (shape.activation.needsTable ? 256 : 0)
    total = selfTestPicture &+ pictureBytes / 2
  }
}

/// Where each field of the header stands, in bytes from the start.
public enum Header {
  /// The header's length.
  public static let bytes = 256
  /// "SDGT", UInt32.
  public static let magic = 0
  /// The format's version, UInt16.
  public static let version = 4
  /// The header's length, UInt16.
  public static let headerBytes = 6
  /// The whole image's length, UInt32.
  public static let imageBytes = 8
  /// CRC-32 of everything behind the header, UInt32.
  public static let payloadChecksum = 12
  /// Side of the network's input, UInt8.
  public static let side = 16
  /// 0 centered only, 1 deskewed, UInt8.
  public static let preprocessing = 17
  /// ``ActivationKind``, UInt8.
  public static let activation = 18
  /// 0: light ink on dark. UInt8.
  public static let polarity = 19
  /// Hidden units, UInt16.
  public static let hidden = 20
  /// Classes, UInt16.
  public static let classes = 22
  /// What a hidden activation of zero is stored as, UInt8.
  public static let activationZeroPoint = 24
  /// The self-test digit, UInt8.
  public static let knownLabel = 25
  /// Real value of one step of the input, Float.
  public static let inputScale = 28
  /// Real value of one step of the hidden activations, Float.
  public static let activationScale = 32
  /// Real value of one step of the logits, Float.
  public static let logitScale = 36
  /// What logits are divided by before they are read as probabilities, Float.
  public static let temperature = 40
  /// Confidence below which an answer is unsure, Float.
  public static let unsureBelow = 44
  /// Seed of the training, UInt64.
  public static let seed = 48
  /// Test digits, UInt32.
  public static let testCount = 56
  /// Test digits read right, UInt32.
  public static let testCorrect = 60
  /// Training digits, UInt32.
  public static let trainCount = 64
  /// Epochs, UInt32.
  public static let epochs = 68
  /// The self-test digit's ten logits, Int32 each.
  public static let selfTestLogits = 72
  /// Name of the data, 32 bytes of printable ASCII filled up with zeros.
  public static let dataset = 112
  /// How it was trained, 96 bytes of the same.
  public static let recipe = 144
  /// Zeros, up to the checksum.
  public static let reserved = 240
  /// CRC-32 of the header before this field, UInt32.
  public static let headerChecksum = 252

  /// "SDGT" read as a little-endian number.
  public static let magicValue: UInt32 = 0x5447_4453
  /// The version this runtime reads.
  public static let versionValue: UInt16 = 1
}
