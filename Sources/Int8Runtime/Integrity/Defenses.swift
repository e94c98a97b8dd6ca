/// What a guarded classification checks. Each costs instructions and some cost RAM; with none, a
/// classification is ``FlashImage/classify(_:)``.
///
/// Not an `OptionSet`: one can be made of an array, which has no place on bare metal.
public struct Defenses: Sendable, Hashable {
  /// A bit for each.
  public let rawValue: UInt8

  /// The defenses whose bits are set.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Those of either.
  public func union(_ other: Defenses) -> Defenses { Defenses(rawValue: rawValue | other.rawValue) }

  /// Whether all of the others are among these.
  @inline(__always)
  public func contains(_ other: Defenses) -> Bool { rawValue & other.rawValue == other.rawValue }

  /// No checks.
  public static let none = Defenses(rawValue: 0)
  /// Sums stay within what their inputs allow: |Σ weight · value| is at most 128 · Σ value.
  public static let bounds = Defenses(rawValue: 1)
  /// Activations stay within ``mostRequantized`` before they saturate; the lists of active
  /// pairs rise, stay inside the weights and hold what the features hold.
  public static let ranges = Defenses(rawValue: 2)
  /// Picture, features, lists, waiting sums, activations and scores still have the ``WordSum`` they
  /// were written with once they have been used.
  public static let checksums = Defenses(rawValue: 4)
  /// Every step was taken, once and in turn, and the lists hold every active pair.
  public static let tokens = Defenses(rawValue: 8)
  /// The words on either side of the arena are as they were painted.
  public static let canaries = Defenses(rawValue: 16)
  /// The picture is classified a second time, and all ten scores have to be equal.
  public static let duplicate = Defenses(rawValue: 32)

  /// All of them.
  public static let all = Defenses(rawValue: 63)
  /// All that do not need the picture a second time: 96 bytes of RAM instead of 920, and less than half
  /// the instructions.
  public static let single = Defenses(rawValue: 31)

  /// How far an activation may be beyond 0 ... 255 before it saturates: sixteen times its range, which
  /// calibration chose to hold nearly all of them.
  public static let mostRequantized: Int32 = 4095
}

/// Why a guarded classification has no answer.
public enum Alarm: UInt8, Error, Sendable {
  case pictureChanged = 1
  case featuresChanged
  case listChanged
  case listOutOfRange
  case sumsChanged
  case sumOutOfBounds
  case activationOutOfRange
  case activationsChanged
  case scoreOutOfBounds
  case scoresChanged
  case stepsOutOfTurn
  case canaryOverwritten
  case answersDiffer

  /// One clause for people.
  public var explanation: StaticString {
    switch self {
    case .pictureChanged: "the picture changed while it was read"
    case .featuresChanged: "the features changed while they were used"
    case .listChanged: "the list of active pairs changed while it was used"
    case .listOutOfRange: "the list of active pairs is not that of the features"
    case .sumsChanged: "the hidden sums changed between two lists"
    case .sumOutOfBounds: "a hidden sum is larger than its inputs allow"
    case .activationOutOfRange: "an activation is far beyond its range"
    case .activationsChanged: "the activations changed while they were used"
    case .scoreOutOfBounds: "a score is larger than its inputs allow"
    case .scoresChanged: "the scores changed before they were compared"
    case .stepsOutOfTurn: "a step was left out or taken twice"
    case .canaryOverwritten: "something wrote beside the arena"
    case .answersDiffer: "two classifications of one picture differ"
    }
  }
}
