import CommandLineSupport
import Device
import Int8Runtime

/// A picture and what the device made of it, or why it made nothing of it.
struct PictureResult: Encodable {
  let image: String
  private let outcome: Result<Answer, Failure>

  /// The class and how it was found.
  struct Answer {
    /// Its number.
    let digit: Int
    /// Its name.
    let name: String
    let confidence: Float
    let unsure: Bool
    let logits: [Int32]
    let instructions: Int
    fileprivate let probabilities: [Float]
    fileprivate let seen: [UInt8]
    fileprivate let classNames: [String]
    /// What each step takes, if that was asked for.
    fileprivate let profile: PictureProfile?

    /// - Parameters:
    ///   - classNames: what the classes are called.
    ///   - isDoubtful: whether the picture gives reason not to be sure, whatever the confidence.
    init(
      _ reading: Reading, _ features: [UInt8], classNames: [String], isDoubtful: Bool,
      profile: PictureProfile? = nil
    ) {
      self.profile = profile
      digit = reading.digit
      name = classNames[reading.digit]
      self.classNames = classNames
      confidence = reading.confidence
      unsure = reading.isUnsure || isDoubtful
      logits = reading.logits.array
      instructions = reading.instructions
      probabilities = reading.probabilities
      seen = features
    }
  }

  init(_ image: String, _ outcome: Result<Answer, Failure>) {
    self.image = image
    self.outcome = outcome
  }

  /// What was read, if it could be.
  var answer: Answer? { try? outcome.get() }

  /// Why nothing was read.
  var failure: Failure? {
    if case .failure(let failure) = outcome { failure } else { nil }
  }

  private enum Key: String, CodingKey {
    case image, error, digit
    case name = "class"
    case confidence, unsure, logits, instructions, profile
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(image, forKey: .image)
    switch outcome {
    case .failure(let failure): try object.encode(failure.description, forKey: .error)
    case .success(let answer):
      try object.encode(answer.digit, forKey: .digit)
      try object.encode(answer.name, forKey: .name)
      try object.encode(answer.confidence, forKey: .confidence)
      try object.encode(answer.unsure, forKey: .unsure)
      try object.encode(answer.logits, forKey: .logits)
      try object.encode(answer.instructions, forKey: .instructions)
      try object.encodeIfPresent(answer.profile, forKey: .profile)
    }
  }

  /// The picture as the network saw it, how likely each class is, and the answer; nothing where there is none.
  func text(_ terminal: Terminal, drawn: Bool) -> String {
    guard let answer else { return "" }
    var text = ""
    if drawn {
      let side = Double(answer.seen.count).squareRoot()
      text += terminal.picture(answer.seen, width: Int(side))
      text += terminal.bars(
        answer.probabilities.map(Double.init), names: answer.classNames)
    }
    let confidence = NumberText.percent(Double(answer.confidence))
    let said =
      "\(terminal.bold(answer.name.escapingControls())) (\(confidence)\(answer.unsure ? ", unsure" : ""))"
    return text + "\(image.escapingControls()): \(said)\n" + (answer.profile?.text ?? "")
  }
}
