/// Everything that a report shows, as plain values: where they come from is not its business.
package struct ReportContents: Sendable {
  /// What was trained on what.
  package var title = ""
  /// Names and values for the head of the page.
  package var facts: [(name: String, value: String)] = []
  /// All epochs in order.
  package var epochs: [Epoch] = []
  /// What the classes are called.
  package var classNames: [String] = []
  /// confusion[written][read], of the Int8 network.
  package var confusion: [[Int]] = []
  /// For each digit, how often each network read it wrong.
  package var digits: [Digit] = []
  /// The digits that either network read wrong.
  package var mistakes: [Mistake] = []
  /// Mistakes that are not among ``mistakes``.
  package var mistakesLeftOut = 0
  /// What the hidden units look at.
  package var units: [HiddenUnit] = []
  /// Float against Int8, a row each: name, float, Int8.
  package var comparison: [(name: String, float: String, int8: String)] = []
  /// Answers of at least a confidence, from all of them to the surest.
  package var coverage: [Coverage] = []
  /// The chips and what the model takes of each.
  package var devices: [Device] = []

  /// An empty page.
  package init() {}

  /// What a class is called; its number where it has no name.
  func name(_ index: Int) -> String {
    HTML.escaped(classNames.indices.contains(index) ? classNames[index] : "\(index)")
  }

  /// An epoch's figures; shares are 0 ... 1.
  package struct Epoch: Sendable {
    /// Its number, from 1.
    package var number: Int
    /// Mean cross-entropy on training and validation digits.
    package var loss: (training: Double, validation: Double)
    /// Share of training and validation digits read wrong.
    package var error: (training: Double, validation: Double)
    /// Whether its network was kept.
    package var isKept: Bool

    /// An epoch with these figures.
    package init(
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
  package struct Digit: Sendable {
    /// How often it was written.
    package var count = 0
    /// Wrong answers of the float network.
    package var floatWrong = 0
    /// Wrong answers of the Int8 network.
    package var int8Wrong = 0

    /// A digit not seen yet.
    package init() {}
  }

  /// A picture that one of the networks read wrong.
  package struct Mistake: Sendable {
    /// 28x28 pixels, 0 background ... 255 ink.
    package var pixels: [UInt8]
    /// The digit it is.
    package var written: Int
    /// What the float network read.
    package var float: Int
    /// What the Int8 network read.
    package var int8: Int
    /// How sure that was, 0 ... 1.
    package var confidence: Double
    /// Whether it was marked as unsure.
    package var isUnsure: Bool

    /// A mistake, from what was written and what was read.
    package init(
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
  package struct HiddenUnit: Sendable {
    /// Its weights, a square row by row.
    package var weights: [Float]
    /// The digit that it speaks for most.
    package var digit: Int

    /// A unit with as many weights as inputs.
    package init(weights: [Float], digit: Int) {
      self.weights = weights
      self.digit = digit
    }
  }

  /// Answers of at least one confidence; shares are 0 ... 1.
  package struct Coverage: Sendable {
    /// The least confidence that counts.
    package var confidence: Double
    /// Share of all digits whose answer reaches it.
    package var answered: Double
    /// Wrong answers among them.
    package var wrong: Int
    /// The fraction of these that are wrong.
    package var error: Double
    /// Whether answers below this confidence are called unsure.
    package var isLimit: Bool

    /// A row of the table of confidences.
    package init(confidence: Double, answered: Double, wrong: Int, error: Double, isLimit: Bool) {
      self.confidence = confidence
      self.answered = answered
      self.wrong = wrong
      self.error = error
      self.isLimit = isLimit
    }
  }

  /// A chip and what the model takes of it, in bytes.
  package struct Device: Sendable {
    /// Its name as its manufacturer writes it.
    package var title: String
    /// Its processor core, by name.
    package var core: String
    /// Flash taken and there.
    package var flash: (taken: Int, there: Int)
    /// RAM taken and there.
    package var ram: (taken: Int, there: Int)

    /// A chip of these sizes, in bytes.
    package init(
      title: String, core: String, flash: (taken: Int, there: Int), ram: (taken: Int, there: Int)
    ) {
      self.title = title
      self.core = core
      self.flash = flash
      self.ram = ram
    }

    /// Whether the model runs on it.
    package var fits: Bool { flash.taken <= flash.there && ram.taken <= ram.there }
  }
}
