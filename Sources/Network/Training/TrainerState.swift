import SIMDMath

/// All that a trainer carries from one epoch to the next: from it, training goes on to the same bits.
///
/// The order of the digits and how they are distorted is not in it: both follow from the seed and the
/// number of the epoch.
package struct TrainerState: Sendable, Equatable {
  /// Epochs done.
  package var epoch = 0
  /// Steps done.
  package var step = 0
  /// β₁ and β₂ of AdamW to the number of steps.
  package var power1: Float = 1
  /// See ``power1``.
  package var power2: Float = 1
  /// The last epoch that was kept; 0 if none is done.
  package var keptEpoch = 0
  /// How the best epoch read the validation examples.
  package var bestMetrics = Metrics()
  /// The parameters after the last step.
  package var parameters: [Vector] = []
  /// Those that were kept.
  package var best: [Vector] = []
  /// The optimizer's moments, as many for each parameter as it keeps.
  package var moments: [[Vector]] = []

  /// Nothing done yet.
  package init() {}

  /// Whether all numbers are finite, and those that count agree with one another.
  package var isSound: Bool {
    let arrays = [parameters, best] + moments
    return epoch >= 0 && step >= epoch && (0...epoch).contains(keptEpoch)
      && (keptEpoch > 0) == (epoch > 0) && bestMetrics.correct >= 0
      && bestMetrics.correct <= bestMetrics.count && bestMetrics.loss.isFinite
      && (0...1).contains(power1) && (0...1).contains(power2)
      && arrays.allSatisfy { $0.count == parameters.count && $0.allSatisfy { $0.isFinite } }
  }
}

extension SIMD16<Float> {
  /// Whether every lane is a finite number.
  package var isFinite: Bool {
    // What is not finite has all bits of its exponent set.
    let bits = unsafe unsafeBitCast(self, to: SIMD16<UInt32>.self) & 0x7F80_0000
    return !any(bits .== 0x7F80_0000)
  }
}

extension AlignedBuffer where Element == Vector {
  /// Takes over as many elements as there are.
  func fill(from values: [Vector]) {
    precondition(values.count == count)
    var target = unsafe ownedSlice(0..<count)
    for i in 0..<count { target[i] = values[i] }
  }
}

extension Trainer {
  /// The state after the last epoch that was done. Takes memory: not for the hot loop.
  package var state: TrainerState {
    var state = TrainerState()
    state.epoch = epoch
    state.step = step
    (state.power1, state.power2) = powers
    state.keptEpoch = keptEpoch
    state.bestMetrics = bestMetrics
    state.parameters = engine.buffers.saved(engine.buffers.parameters)
    state.best = engine.buffers.saved(kept)
    if plan.optimizer.moments > 0 {
      state.moments.append(engine.buffers.saved(engine.buffers.first))
    }
    if plan.optimizer.moments > 1 {
      state.moments.append(engine.buffers.saved(engine.buffers.second))
    }
    return state
  }

  /// Goes on from a state of a trainer with the same plan and data.
  ///
  /// - Returns: false, with nothing changed, if it cannot be the state of such a one.
  package func resume(from state: TrainerState) -> Bool {
    let total = untrained.layout.total
    let scored = validation?.count ?? source.count
    guard
      state.isSound, state.parameters.count == total, state.epoch <= plan.epochs,
      state.moments.count == plan.optimizer.moments, state.step == state.epoch * stepsPerEpoch,
      state.epoch == 0 || state.bestMetrics.count == scored
    else { return false }
    epoch = state.epoch
    step = state.step
    powers = (state.power1, state.power2)
    keptEpoch = state.keptEpoch
    bestMetrics = state.bestMetrics
    engine.buffers.load(state.parameters, into: engine.buffers.parameters)
    engine.buffers.load(state.best, into: kept)
    if state.moments.count > 0 {
      engine.buffers.load(state.moments[0], into: engine.buffers.first)
    }
    if state.moments.count > 1 {
      engine.buffers.load(state.moments[1], into: engine.buffers.second)
    }
    return true
  }
}
