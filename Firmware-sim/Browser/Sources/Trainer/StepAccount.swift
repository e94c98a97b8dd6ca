import Network
import SIMDMath

/// What one example did to a network, as numbers for a page.
struct StepAccount {
  private(set) var numbers: [Float]

  /// - Parameter rate: η.
  init(_ values: StepValues, before: FloatNetwork, after: FloatNetwork, rate: Float) {
    numbers = [Float(values.label), rate, Float(before.hidden), Float(before.classes)]
    let sums = before.hiddenSums(values.features.span)
    let most = StepAccount.largestHiddenUpdates(values.features, before, after)
    for unit in 0..<before.hidden {
      numbers += [
        sums[unit], values.activations[unit], values.hiddenErrors[unit], most.updates[unit],
      ]
    }
    var logits = ClassValues(classes: before.classes)
    for index in 0..<before.classes { logits[index] = values.logits[index] }
    let answers = softmax(logits)
    for index in 0..<before.classes {
      numbers += [values.logits[index], answers[index], values.outputErrors[index]]
    }
    let (input, unit) = most.place
    numbers += [
      Float(input), Float(unit), before[input: input, unit: unit], after[input: input, unit: unit],
    ]
    numbers += StepAccount.largestOutputUpdate(before, after)
  }

  /// The largest update of each unit's weights, and where the largest of all is.
  private static func largestHiddenUpdates(
    _ features: [UInt8], _ before: FloatNetwork, _ after: FloatNetwork
  ) -> (updates: [Float], place: (input: Int, unit: Int)) {
    var updates: [Float] = []
    var place = (input: 0, unit: 0)
    var largest: Float = 0
    for unit in 0..<before.hidden {
      var most: Float = 0
      for (input, value) in features.enumerated() where value != 0 {
        let change = after[input: input, unit: unit] - before[input: input, unit: unit]
        if abs(change) > abs(most) { most = change }
        if abs(change) > largest { (largest, place) = (abs(change), (input, unit)) }
      }
      updates.append(most)
    }
    return (updates, place)
  }

  /// The unit, the class and both weights.
  private static func largestOutputUpdate(
    _ before: FloatNetwork, _ after: FloatNetwork
  ) -> [Float] {
    var found: [Float] = [0, 0, 0, 0]
    for unit in 0..<before.hidden {
      for index in 0..<before.classes {
        let (old, new) = (before[unit: unit, class: index], after[unit: unit, class: index])
        if abs(new - old) > abs(found[3] - found[2]) || unit + index == 0 {
          found = [Float(unit), Float(index), old, new]
        }
      }
    }
    return found
  }
}
