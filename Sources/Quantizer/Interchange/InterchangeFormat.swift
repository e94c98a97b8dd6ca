import Int8Runtime
import Network

/// The formats in which networks go to other programs and come from them, by the ending of a file's name.
package enum InterchangeFormat: String, Sendable, CaseIterable {
  /// A TensorFlow Lite model.
  case tflite
  /// A C99 header; it is only written.
  case header = "h"
  /// NumPy's archive of arrays.
  case npz
  /// The format of PyTorch's models.
  case safetensors
  /// A model image; other commands' options write it.
  case flash

  /// What can be written.
  package static let written: [InterchangeFormat] = [.tflite, .header, .npz, .safetensors]
  /// What can be read.
  package static let read: [InterchangeFormat] = [.tflite, .npz, .safetensors, .flash]

  /// The largest file that is read: two layers of doubles, 1,024 units and 64 classes, are 6.9 MB.
  package static let mostBytes = 1 << 24

  /// The format of a file of that name; capitals do not matter.
  package init?(path: String) {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }

  /// Endings in a list for people: .tflite, .h.
  package static func endings(_ formats: [InterchangeFormat]) -> String {
    formats.map { "." + $0.rawValue }.joined(separator: ", ")
  }

  /// Reads a network.
  ///
  /// - Parameter bytes: the whole file, at most ``mostBytes``.
  /// - Throws: what is wrong with it.
  /// - Complexity: linear in the bytes, and at most 128 MB of memory, whatever they say.
  package func model(_ bytes: [UInt8]) throws(InterchangeError) -> ImportedModel {
    switch self {
    case .tflite: return try TFLiteFile.read(bytes)
    case .npz: return .float(try NumpyFile.read(bytes))
    case .safetensors: return .float(try SafetensorsFile.read(bytes))
    case .header:
      throw InterchangeError("is a header, which is only written", "import another format")
    case .flash:
      let model = try InterchangeFormat.opened(bytes).0
      return .int8(
        model,
        output: OutputRounding(
          weights: model.outputWeights, bias: model.outputBias,
          scales: [Float](repeating: 1, count: model.classes)))
    }
  }

  /// A file with the network of an image.
  ///
  /// - Parameter network: the network in floating point; nil takes what the integers stand for.
  /// - Throws: if the image does not open, or the format cannot have it.
  package func file(
    image: [UInt8], network: FloatModel? = nil
  ) throws(InterchangeError) -> [UInt8] {
    if self == .flash { return image }
    let (model, inputSpec) = try InterchangeFormat.opened(image)
    return try file(model, inputSpec, network: network)
  }

  /// A file with a network in integers.
  ///
  /// - Parameters:
  ///   - inputSpec: how pictures are brought to it; of as many inputs.
  ///   - network: the network in floating point; nil takes what the integers stand for.
  /// - Throws: if the format cannot have it.
  package func file(
    _ model: Int8Model, _ inputSpec: InputSpec, network: FloatModel? = nil
  ) throws(InterchangeError) -> [UInt8] {
    switch self {
    case .tflite: return try TFLiteExport(model).file()
    case .header: return CHeader.file(model, inputSpec)
    case .npz: return NumpyFile.file(network ?? FloatModel(dequantizing: model))
    case .safetensors: return SafetensorsFile.file(network ?? FloatModel(dequantizing: model))
    case .flash: throw InterchangeError("is written by --output", "name another format")
    }
  }

  /// The integers of an image.
  private static func opened(
    _ bytes: [UInt8]
  ) throws(InterchangeError) -> (Int8Model, InputSpec) {
    let image: ModelImage
    do throws(ModelImageError) {
      // The bytes are held while the image is read.
      image = try unsafe ModelImage(bytes.span.bytes)
    } catch {
      throw InterchangeError("\(error.explanation)", "train again or copy the file again")
    }
    return (try Int8Model(image), image.shape.inputSpec)
  }
}
