/// Everything that a report shows, as plain values: where they come from is not its business.
public struct ReportContents: Sendable {
  /// What was trained on what.
  public var title = ""
  /// Names and values for the head of the page.
  public var facts: [(name: String, value: String)] = []
  /// All epochs in order.
  public var epochs: [Epoch] = []
  /// confusion[written][read], of the Int8 network.
  public var confusion: [[Int]] = []
  /// For each digit, how often each network read it wrong.
  public var digits: [Digit] = []
  /// The digits that either network read wrong.
  public var mistakes: [Mistake] = []
  /// Mistakes that are not among ``mistakes``.
  public var mistakesLeftOut = 0
  /// What the hidden units look at.
  public var units: [HiddenUnit] = []
  /// Float against Int8, a row each: name, float, Int8.
  public var comparison: [(name: String, float: String, int8: String)] = []
  /// Answers of at least a confidence, from all of them to the surest.
  public var coverage: [Coverage] = []
  /// The chips and what the model takes of each.
  public var devices: [Device] = []

  /// Nothing yet.
  public init() {}

  /// An epoch's figures; shares are 0 ... 1.
  public struct Epoch: Sendable {
    /// Its number, from 1.
    public var number: Int
    /// Mean cross-entropy on training and validation digits.
    public var loss: (training: Double, validation: Double)
    /// Share of training and validation digits read wrong.
    public var error: (training: Double, validation: Double)
    /// Whether its network was kept.
    public var isKept: Bool

    /// An epoch.
    public init(
      number: Int, loss: (training: Double, validation: Double),
      error: (training: Double, validation: Double), isKept: Bool
    ) {
      self.number = number
      self.loss = loss
      self.error = error
      self.isKept = isKept
    }
  }

  /// How often a digit was read wrong.
  public struct Digit: Sendable {
    /// How often it was written.
    public var count = 0
    /// Wrong answers of the float network.
    public var floatWrong = 0
    /// Wrong answers of the Int8 network.
    public var int8Wrong = 0

    /// A digit not seen yet.
    public init() {}
  }

  /// A picture that one of the networks read wrong.
  public struct Mistake: Sendable {
    /// 28x28 pixels, 0 ground ... 255 ink.
    public var pixels: [UInt8]
    /// The digit it is.
    public var written: Int
    /// What the float network read.
    public var float: Int
    /// What the Int8 network read.
    public var int8: Int
    /// How sure that was, 0 ... 1.
    public var confidence: Double
    /// Whether it was marked as unsure.
    public var isUnsure: Bool

    /// A mistake.
    public init(
      pixels: [UInt8], written: Int, float: Int, int8: Int, confidence: Double, isUnsure: Bool
    ) {
      self.pixels = pixels
      self.written = written
      self.float = float
      self.int8 = int8
      self.confidence = confidence
      self.isUnsure = isUnsure
    }
  }

  /// A hidden unit.
  public struct HiddenUnit: Sendable {
    /// Its weights, a square row by row.
    public var weights: [Float]
    /// The digit that it speaks for most.
    public var digit: Int

    /// A unit.
    public init(weights: [Float], digit: Int) {
      self.weights = weights
      self.digit = digit
    }
  }

  /// Answers of at least one confidence; shares are 0 ... 1.
  public struct Coverage: Sendable {
    /// The least confidence that counts.
    public var confidence: Double
    /// Share of all digits whose answer reaches it.
    public var answered: Double
    /// Wrong answers among them.
    public var wrong: Int
    /// Their share.
    public var error: Double
    /// Whether answers below this confidence are called unsure.
    public var isLimit: Bool

    /// A row.
    public init(confidence: Double, answered: Double, wrong: Int, error: Double, isLimit: Bool) {
      self.confidence = confidence
      self.answered = answered
      self.wrong = wrong
      self.error = error
      self.isLimit = isLimit
    }
  }

  /// A chip and what the model takes of it, in bytes.
  public struct Device: Sendable {
    /// Its name.
    public var title: String
    /// Its core.
    public var core: String
    /// Flash taken and there.
    public var flash: (taken: Int, there: Int)
    /// RAM taken and there.
    public var ram: (taken: Int, there: Int)

    /// A chip.
    public init(
      title: String, core: String, flash: (taken: Int, there: Int), ram: (taken: Int, there: Int)
    ) {
      self.title = title
      self.core = core
      self.flash = flash
      self.ram = ram
    }

    /// Whether the model runs on it.
    public var fits: Bool { flash.taken <= flash.there && ram.taken <= ram.there }
  }
}
