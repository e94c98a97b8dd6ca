import CommandLineSupport
import Network
import Pipeline

extension Settings {
  /// The training that is asked for, and these settings with the sizes of the network that `--import`
  /// names: what it was made with is not to be said again, and may not be said otherwise.
  func importing() throws(Failure) -> (Settings, TrainingRequest) {
    guard let file = importFile else { return (self, try request()) }
    let imported = try ImportedNetwork(file, activation: activation)
    let network = imported.network
    try agree("hidden", hidden, network.hidden, "hidden units", file)
    try agree("input", input, imported.side, "pixels to a side", file)
    guard activation == .relu || activation == network.activation else {
      throw Failure(
        .usage,
        "--activation \(activation.name): \(file) has \(network.activation.name); leave --activation out"
      )
    }
    var settings = self
    settings.hidden = network.hidden
    settings.input = imported.side
    settings.activation = network.activation
    settings.deskew = deskew ?? imported.notes.deskew ?? false
    if epochs == nil { try settings.trainNothing() }
    var request = try settings.request()
    if request.data == .builtIn, network.classes != 10 {
      throw Failure(
        .data,
        "\(file): has \(network.classes) classes, and the built-in handwriting 10; give --data of its "
          + "classes")
    }
    request.imported = imported
    request.isTraining = epochs != nil
    return (settings, request)
  }

  private func agree(
    _ option: String, _ value: Int?, _ own: Int, _ what: String, _ file: String
  ) throws(Failure) {
    guard let value, value != own else { return }
    throw Failure(
      .usage, "--\(option) \(value): \(file) has \(own) \(what); leave --\(option) out")
  }

  /// Refuses what only training has, where there is none.
  private mutating func trainNothing() throws(Failure) {
    let training = [("resume", resume), ("teacher", teacher != nil)]
    if let (option, _) = training.first(where: { $0.1 }) {
      throw Failure(
        .usage,
        "--\(option) is for training, and --import without --epochs trains nothing; give --epochs")
    }
    checkpointEvery = 0
  }
}
