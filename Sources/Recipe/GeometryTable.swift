import Int8Runtime
import Kernels

/// Which geometry reads best in how much memory.
public enum GeometryTable {
  /// Side and hidden units, those that read validation digits best first.
  private static let ranking: [(side: Int, hidden: Int)] = [
    (28, 1024), (28, 512), (28, 256), (14, 304), (28, 128), (10, 288), (14, 144), (10, 144),
    (10, 96), (12, 48), (10, 64), (10, 48), (10, 32), (10, 16),
  ]

  /// The geometries in that order.
  public static func bestFirst(activation: Activation, deskew: Bool) -> [Geometry] {
    ranking.map {
      Geometry(
        contract: InputContract(side: $0.side, deskew: deskew), hidden: $0.hidden,
        activation: activation)
    }
  }
}
