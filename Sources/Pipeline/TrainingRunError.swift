import Network
import Quantizer

/// Why a run gave no model image.
package enum TrainingRunError: Error, Sendable {
  /// Training failed, and so it looked.
  case training(TrainingError, TrainingSigns)
  /// The checkpoint cannot be resumed.
  case checkpoint(CheckpointError)
  /// The network has no Int8 form.
  case quantization(QuantizationError)
}
