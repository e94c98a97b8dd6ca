/// Where each part of a model image stands, in bytes from its start. All numbers are little-endian and
/// four-byte ones are aligned.
public struct ModelImageLayout: Sendable, Equatable {
  /// Hidden biases, Int32 each.
  public var hiddenBias: Int { Header.bytes }
  /// Hidden requantization multipliers in Q31, Int32 each.
  public let hiddenMultiplier: Int
  /// Output biases, Int32 each.
  public let outputBias: Int
  /// The self-test vector's logits, Int32 each; as many as output biases.
  public var selfTestLogits: Int { (outputBias &+ hiddenWeights) &>> 1 }
  /// Hidden weights, Int8, in blocks of eight units (see ``hiddenWeightOffset(input:unit:inputs:)``).
  public let hiddenWeights: Int
  /// Output weights, Int8: a row for each class, of one weight a hidden unit.
  public let outputWeights: Int
  /// Hidden requantization shifts, UInt8 each.
  public let hiddenShift: Int
  /// The activation's 256 bytes, where it has a table.
  public let table: Int
  /// The self-test vector's picture, two pixels of four bits a byte, the left one low.
  public var selfTestPicture: Int { names &- pictureBytes / 2 }
  /// The classes' names, UTF-8, each with a zero behind it; none where classes are called 0, 1, 2, ….
  public let names: Int
  /// The whole image.
  public let total: Int

  /// The layout of a valid model shape.
  ///
  /// - Parameters:
  ///   - shape: a valid one.
  ///   - nameBytes: what the names take, a multiple of four.
  @inline(__always)
  public init(_ shape: ModelShape, nameBytes: Int = 0) {
    let hidden = shape.hidden
    hiddenMultiplier = Header.bytes &+ 4 &* hidden
    outputBias = hiddenMultiplier &+ 4 &* hidden
    hiddenWeights = outputBias &+ 8 &* shape.classes
    outputWeights = hiddenWeights &+ shape.inputSpec.inputs &* hidden
    hiddenShift = outputWeights &+ shape.classes &* hidden
    table = hiddenShift &+ hidden
    names = table &+ (shape.activation.needsTable ? 256 : 0) &+ pictureBytes / 2
    total = names &+ nameBytes
  }
}

/// Where each field of the header stands, in bytes from the start. Inputs need none: a pixel of n is n/255.
public enum Header {
  /// The header's length.
  public static let bytes = 168
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
  /// Zero, UInt8.
  public static let reserved = 25
  /// The length of the classes' names, UInt16: a multiple of four, 0 where they have none.
  public static let nameBytes = 26
  /// Real value of one step of the hidden activations, Float.
  public static let activationScale = 28
  /// Real value of one step of the logits, Float.
  public static let logitScale = 32
  /// What logits are divided by before they are read as probabilities, Float.
  public static let temperature = 36
  /// Confidence below which an answer is unsure, Float.
  public static let unsureBelow = 40
  /// Test examples, UInt32.
  public static let testCount = 44
  /// Test examples read right, UInt32.
  public static let testCorrect = 48
  /// Training examples, UInt32.
  public static let trainCount = 52
  /// Epochs, UInt32.
  public static let epochs = 56
  /// Seed of the training, UInt64.
  public static let seed = 60
  /// Name of the data, 32 bytes of printable ASCII filled up with zeros.
  public static let dataset = 68
  /// How it was trained, 64 bytes of the same.
  public static let recipe = 100
  /// CRC-32 of the header before this field, UInt32.
  public static let headerChecksum = 164

  /// "SDGT" read as a little-endian number.
  public static let magicValue: UInt32 = 0x5447_4453
  /// The version this runtime reads.
  public static let versionValue: UInt16 = 2
}
