import Foundation
import Int8Runtime
import Network

/// What a file says about its network beside the weights: pairs of words, the same in every format.
///
/// | key | value |
/// | --- | --- |
/// | `activation` | `relu`, `leaky-relu`, `sigmoid`, `tanh` |
/// | `class_names` | a JSON array of strings |
/// | `side`, `deskew` | the input's side in pixels; `on` or `off` |
/// | `mean`, `std` | what inputs of 0 ... 1 are shifted and divided by |
/// | `logit_scale`, `activation_scale` | the real value of one step of an integer logit or hidden activation |
/// | `dataset`, `recipe`, `seed`, `train_count`, `epochs` | how it was trained |
package struct ModelNotes: Sendable, Equatable {
  /// What a hidden unit does with its sum.
  package var activation: ActivationFunction?
  /// Names of the classes; empty if not known.
  package var classNames: [String] = []
  /// The side of the square that the network sees.
  package var side: Int?
  /// Whether digits were set upright.
  package var deskew: Bool?
  /// What is subtracted from inputs of 0 ... 1.
  package var mean: Float?
  /// What they are then divided by.
  package var deviation: Float?
  /// The real value of one step of an integer logit.
  package var logitScale: Float?
  /// The real value of one step of an integer hidden activation.
  package var activationScale: Float?
  /// Name of the data trained on.
  package var dataset: String?
  /// How it was trained.
  package var recipe: String?
  /// Seed of the training.
  package var seed: UInt64?
  /// Training digits.
  package var trainCount: Int?
  /// Epochs.
  package var epochs: Int?

  /// Nothing known.
  package init() {}

  /// What pairs of words say; keys not listed are passed over.
  ///
  /// - Throws: for a value that its key cannot have.
  init(_ pairs: [String: String]) throws(InterchangeError) {
    func number<T: LosslessStringConvertible>(_ key: String) throws(InterchangeError) -> T? {
      guard let text = pairs[key] else { return nil }
      guard let value = T(text) else { throw ModelNotes.refusal(key, text) }
      return value
    }
    if let text = pairs["activation"] {
      activation = ActivationFunction.named.first { $0.name == text }?.activation
      guard activation != nil else { throw ModelNotes.refusal("activation", text) }
    }
    if let text = pairs["class_names"] { classNames = try ModelNotes.names(text) }
    if let text = pairs["deskew"] {
      guard text == "on" || text == "off" else { throw ModelNotes.refusal("deskew", text) }
      deskew = text == "on"
    }
    side = try number("side")
    mean = try number("mean")
    deviation = try number("std")
    logitScale = try number("logit_scale")
    activationScale = try number("activation_scale")
    dataset = pairs["dataset"].map { String($0.prefix(256)) }
    recipe = pairs["recipe"].map { String($0.prefix(256)) }
    seed = try number("seed")
    trainCount = try number("train_count")
    epochs = try number("epochs")
  }

  /// The pairs of words that say it.
  var pairs: [String: String] {
    var pairs: [String: String] = [:]
    pairs["activation"] = ActivationFunction.named.first { $0.activation == activation }?.name
    if !classNames.isEmpty, let data = try? JSONSerialization.data(withJSONObject: classNames) {
      pairs["class_names"] = String(decoding: data, as: UTF8.self)
    }
    pairs["side"] = side.map { "\($0)" }
    pairs["deskew"] = deskew.map { $0 ? "on" : "off" }
    pairs["mean"] = mean.map { "\($0)" }
    pairs["std"] = deviation.map { "\($0)" }
    pairs["logit_scale"] = logitScale.map { "\($0)" }
    pairs["activation_scale"] = activationScale.map { "\($0)" }
    pairs["dataset"] = dataset
    pairs["recipe"] = recipe
    pairs["seed"] = seed.map { "\($0)" }
    pairs["train_count"] = trainCount.map { "\($0)" }
    pairs["epochs"] = epochs.map { "\($0)" }
    return pairs
  }

  /// The notes as a JSON object, its keys in order.
  var json: [UInt8] { ModelNotes.json(pairs) }

  /// Any JSON value, keys in order; the values here are all strings, numbers and arrays of them.
  static func json(_ object: Any) -> [UInt8] {
    let data = try? JSONSerialization.data(
      withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    return Array(data ?? Data("{}".utf8))
  }

  /// What a JSON object of strings says.
  init(json bytes: ArraySlice<UInt8>) throws(InterchangeError) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)),
      let pairs = object as? [String: String]
    else { throw .damaged("its metadata is not a JSON object of strings") }
    try self.init(pairs)
  }

  private static func names(_ text: String) throws(InterchangeError) -> [String] {
    guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
      let names = object as? [String], names.count <= ModelShape.mostClasses
    else { throw refusal("class_names", text) }
    for name in names {
      guard ModelImage.isName(name) else { throw refusal("class_names", name) }
    }
    guard Set(names).count == names.count else { throw refusal("class_names", text) }
    return names
  }

  private static func refusal(_ key: String, _ value: String) -> InterchangeError {
    InterchangeError(
      "has metadata \(key) '\(shortened(value))', which it cannot be", "correct or remove it")
  }
}

extension ActivationFunction {
  /// All, as files and command lines call them.
  fileprivate static let named: [(activation: ActivationFunction, name: String)] = [
    (.relu, "relu"), (.leakyReLU, "leaky-relu"), (.sigmoid, "sigmoid"), (.tanh, "tanh"),
  ]
}
