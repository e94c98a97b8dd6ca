/// What a guarded classification checks. Each costs instructions and some cost RAM; with none, a
/// classification is ``ModelImage/classify(_:)``.
///
/// Not an `OptionSet`: one can be made of an array, which has no place on bare metal.
public struct Countermeasures: Sendable, Hashable {
  /// A bit for each.
  public let rawValue: UInt8

  /// The countermeasures whose bits are set.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Those of either.
  public func union(_ other: Countermeasures) -> Countermeasures {
    Countermeasures(rawValue: rawValue | other.rawValue)
  }

  /// Whether all of the others are among these.
  @inline(__always)
  public func contains(_ other: Countermeasures) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }

  /// No checks.
  public static let none = Countermeasures(rawValue: 0)
  /// Sums stay within what their inputs allow: |Σ weight · value| is at most 128 · Σ value.
  public static let bounds = Countermeasures(rawValue: 1)
  /// Activations stay within ``mostRequantized`` before they saturate; the lists of nonzero
  /// pairs rise, stay inside the weights and hold what the features hold.
  public static let ranges = Countermeasures(rawValue: 2)
  /// Picture, features, lists, waiting sums, activations and logits still have the ``FletcherChecksum`` they
  /// were written with once they have been used.
  public static let checksums = Countermeasures(rawValue: 4)
  /// Every step was taken, once and in turn, and the lists hold every nonzero pair.
  public static let tokens = Countermeasures(rawValue: 8)
  /// The words on either side of the arena are as they were painted.
  public static let canaries = Countermeasures(rawValue: 16)
  /// The picture is classified a second time, and all logits have to be equal.
  public static let duplicate = Countermeasures(rawValue: 32)

  /// All of them.
  public static let all = Countermeasures(rawValue: 63)
  /// All that do not need the picture a second time: 96 bytes of RAM instead of 920, and less than half
  /// the instructions.
  public static let single = Countermeasures(rawValue: 31)

  /// How far an activation may be beyond 0 ... 255 before it saturates: sixteen times its range, which
  /// calibration chose to hold nearly all of them.
  public static let mostRequantized: Int32 = 4095
}

/// Why a guarded classification has no answer.
public enum DetectedFault: UInt8, Error, Sendable {
  case pictureChanged = 1
  case featuresChanged
  case listChanged
  case listOutOfRange
  case sumsChanged
  case sumOutOfBounds
  case activationOutOfRange
  case activationsChanged
  case logitOutOfBounds
  case logitsChanged
  case stepsOutOfTurn
  case canaryOverwritten
  case answersDiffer

  /// One clause for people.
  public var explanation: StaticString {
    switch self {
    case .pictureChanged: "the picture changed while it was read"
    case .featuresChanged: "the features changed while they were used"
    case .listChanged: "the list of nonzero pairs changed while it was used"
    case .listOutOfRange: "the list of nonzero pairs is not that of the features"
    case .sumsChanged: "the hidden sums changed between two lists"
    case .sumOutOfBounds: "a hidden sum is larger than its inputs allow"
    case .activationOutOfRange: "an activation is far beyond its range"
    case .activationsChanged: "the activations changed while they were used"
    case .logitOutOfBounds: "a logit is larger than its inputs allow"
    case .logitsChanged: "the logits changed before they were compared"
    case .stepsOutOfTurn: "a step was left out or taken twice"
    case .canaryOverwritten: "something wrote beside the arena"
    case .answersDiffer: "two classifications of one picture differ"
    }
  }
}
