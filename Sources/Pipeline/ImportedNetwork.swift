import CommandLineSupport
import Digits
import Int8Runtime
import Network
import Quantizer

/// A network from a file of another program, which takes the place of training or is trained on.
package struct ImportedNetwork: Sendable {
  /// The file, as the user named it.
  package let file: String
  /// The network in floating point: the file's, or what its integers stand for.
  package let network: FloatNetwork
  /// The file's integers, and its output layer as it was, if it has any.
  package let integers: (model: Int8Model, output: OutputRounding)?
  /// What the file says beside that.
  package let notes: ModelNotes
  /// What tells it from others.
  let checksum: UInt32

  /// Reads a file; the ending of its name says what it is.
  ///
  /// - Parameter activation: that of a file which names none.
  /// - Throws: what is wrong with it, in one line.
  package init(_ file: String, activation: ActivationFunction) throws(Failure) {
    guard let format = ImportedNetwork.format(file) else {
      let endings = InterchangeFormat.endings(InterchangeFormat.read)
      throw Failure(.usage, "--import \(file): expected a file name that ends in one of \(endings)")
    }
    let bytes: [UInt8]
    do throws(DigitsError) {
      bytes = try FileBytes.read(file, limit: InterchangeFormat.mostBytes)
    } catch { throw Failure(error) }
    do throws(InterchangeError) {
      var float: FloatModel
      switch try format.model(bytes) {
      case .float(let model):
        (float, integers) = (model, nil)
      case .int8(let model, let output):
        (float, integers) = (FloatModel(dequantizing: model), (model, output))
      }
      float.notes.activation = float.notes.activation ?? activation
      notes = float.notes
      network = try FloatNetwork(float)
    } catch { throw Failure(.data, "\(file): \(error.problem); \(error.advice)") }
    self.file = file
    // The bytes are held while they are summed.
    checksum = unsafe crc32(bytes.span.bytes)
  }

  private static func format(_ file: String) -> InterchangeFormat? {
    InterchangeFormat(path: file).flatMap { InterchangeFormat.read.contains($0) ? $0 : nil }
  }

  /// The side of the square that the network sees.
  package var side: Int {
    // One of the runtime's, as no other is imported.
    InputSpec.sides.indices.map { InputSpec.sides[$0] }.first { $0 * $0 == network.inputs } ?? 28
  }

  /// How the image was trained, as far as the file knows.
  func describe(_ metadata: inout Metadata) {
    metadata.dataset = notes.dataset ?? metadata.dataset
    if !notes.classNames.isEmpty { metadata.classNames = notes.classNames }
    metadata.recipe = notes.recipe ?? "imported"
    metadata.seed = notes.seed ?? 0
    metadata.trainCount = notes.trainCount ?? 0
    metadata.epochs = notes.epochs ?? 0
  }
}

extension ModelNotes {
  /// What an image's header says of its training.
  init(_ metadata: Metadata) {
    self.init()
    classNames = metadata.classNames
    dataset = metadata.dataset
    recipe = metadata.recipe
    seed = metadata.seed
    trainCount = metadata.trainCount
    epochs = metadata.epochs
  }
}

extension TrainingRun.Outcome {
  /// The network in floating point, for other programs.
  package var floatModel: FloatModel {
    FloatModel(network, inputSpec: inputSpec, notes: ModelNotes(metadata))
  }
}

/// How many answers differ where an output layer with scales for each class was rounded to one.
///
/// - Parameters:
///   - image: of the network with one scale.
///   - output: the layer as it was.
///   - pictures: 784 pixels each.
func differingAnswers(
  _ image: borrowing ModelImage, _ output: OutputRounding, _ pictures: [UInt8]
) -> Int {
  var arena = HostArena(image.shape)
  var count = 0
  for index in 0..<pictures.count / pictureBytes {
    let answer = arena.classify(index, of: pictures.span, with: image).argmax
    let activations = arena.activations
    let units = (0..<output.hidden).map { activations[$0] }
    count += output.answer(units) == answer ? 0 : 1
  }
  return count
}
