import Int8Runtime
import Network

extension ActivationKind {
  /// What the image calls a network's activation.
  package init(_ activation: ActivationFunction) {
    self =
      switch activation {
      case .relu: .relu
      case .leakyReLU: .leakyReLU
      case .sigmoid: .sigmoid
      case .tanh: .tanh
      }
  }
}

extension ModelShape {
  /// The model shape of an image of a network with this activation.
  package init(inputSpec: InputSpec, hidden: Int, classes: Int, activation: ActivationFunction) {
    self.init(
      inputSpec: inputSpec, hidden: hidden, classes: classes, activation: ActivationKind(activation)
    )
  }
}
