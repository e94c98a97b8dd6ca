import Network
import Quantizer

/// A network from a file of another program, which a page does not read.
package struct ImportedNetwork: Sendable {
  let network: FloatNetwork
  let file: String
  let checksum: UInt32

  func describe(_ metadata: inout Metadata) {}
}

extension TrainingRun {
  /// The integers of a network.
  func quantized(
    _ network: FloatNetwork, _ examples: StoredExamples
  ) throws(QuantizationError) -> QuantizedNetwork {
    try QuantizedNetwork(network, inputSpec: request.inputSpec, calibration: examples)
  }

  func changedByRounding(_ image: [UInt8]) throws(QuantizationError) -> Int? { nil }
}
