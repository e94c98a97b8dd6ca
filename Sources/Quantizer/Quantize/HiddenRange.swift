import Int8Runtime
import Network
import SIMDMath

/// The range of the hidden layer on calibration digits, and the scales that follow from it.
struct HiddenRange {
  /// Real value of one step of a requantized sum: for ReLU of the activation itself, for others of the
  /// sum that the table is asked with.
  let sumScale: Float
  /// Real value of one step of an activation.
  let activationScale: Float
  /// What an activation of zero is stored as.
  let zeroPoint: UInt8

  /// - Parameter finestSum: the largest real value of one step of a unit's sum. A step of what comes
  ///   of it is larger: requantization only makes numbers smaller.
  init(
    _ activation: ActivationFunction, _ calibration: borrowing CalibrationPass, finestSum: Float
  ) {
    let finest = finestSum * 1.000_001
    var sums = ActivationRange()
    var magnitude: Float = 0
    let all = calibration.sums.span
    for i in all.indices {
      magnitude = max(magnitude, abs(all[i]))
      sums.add(activation == .relu ? max(0, all[i]) : all[i])
    }
    switch activation {
    case .relu:
      activationScale = max(sums.bestUpperEnd(steps: 255) / 255, finest)
      sumScale = activationScale
      zeroPoint = 0
    case .leakyReLU:
      sumScale = max(magnitude / 127, 0x1p-27, finest)
      let least = ActivationFunction.leak * min(sums.smallest, 0)
      activationScale = (max(sums.largest, 0x1p-20) - least) / 255
      zeroPoint = UInt8(max(0, min(255, (-least / activationScale).rounded())))
    case .sigmoid:
      // Beyond ±8 the sigmoid is within one step of 0 or 1.
      sumScale = max(min(magnitude, 8) / 127, 0x1p-27, finest)
      activationScale = 1 / 255
      zeroPoint = 0
    case .tanh:
      sumScale = max(min(magnitude, 4) / 127, 0x1p-27, finest)
      activationScale = 1 / 127
      zeroPoint = 128
    }
  }

  /// What the activation makes of each requantized sum, -128 ... 127; empty for ReLU.
  func table(_ network: FloatNetwork) -> [UInt8] {
    guard ActivationKind(network.activation).needsTable else { return [] }
    return (-128...127).map { sum in
      let value = network.activation.value(Float(sum) * sumScale)
      let steps = (value / activationScale).rounded() + Float(zeroPoint)
      return UInt8(max(0, min(255, steps)))
    }
  }
}
