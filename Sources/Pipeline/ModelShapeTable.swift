import Int8Runtime
import Network
import SIMDMath

/// Which model shape reads best in how much memory.
package enum ModelShapeTable {
  /// Side and hidden units, those that read most validation digits first, of equal ones the smaller:
  /// means of three seeds of the recipes of `Tools/measure-accuracy`.
  private static let ranking: [(side: Int, hidden: Int)] = [
    (12, 400), (12, 192), (28, 128), (14, 304), (10, 128), (14, 144), (12, 96), (10, 96), (10, 64),
    (10, 48), (10, 32), (10, 16),
  ]

  /// The model shapes in that order.
  package static func bestFirst(
    classes: Int, activation: ActivationFunction, deskew: Bool
  ) -> [ModelShape] {
    ranking.map {
      ModelShape(
        inputSpec: InputSpec(side: $0.side, deskew: deskew), hidden: $0.hidden, classes: classes,
        activation: activation)
    }
  }
}
