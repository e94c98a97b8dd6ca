import Foundation

/// A network in the safetensors format: a JSON header with each tensor's type, shape and place, then the
/// numbers. Names and order are PyTorch's: `fc1.weight` [hidden][inputs], `fc1.bias`, `fc2.weight`
/// [classes][hidden], `fc2.bias`.
///
/// https://huggingface.co/docs/safetensors
enum SafetensorsFile {
  /// The longest header that is read; those of two layers have a few hundred bytes.
  static let longestHeader = 1 << 16

  /// Reads a network; see ``FloatModel/init(_:notes:convention:)`` for which tensor is what.
  static func read(_ bytes: [UInt8]) throws(InterchangeError) -> FloatModel {
    let bytes = BoundedBytes(bytes: bytes)
    let length = try bytes.number(at: 0, as: UInt64.self)
    guard length <= UInt64(max(0, bytes.count - 8)) else {
      throw InterchangeError(
        "is not a safetensors file, or is cut off", "save it with safetensors' save_file")
    }
    guard length <= UInt64(longestHeader) else {
      throw InterchangeError(
        "has a header of \(length) bytes, \(FloatModel.expectation)", FloatModel.advice)
    }
    let start = 8 + Int(length)
    let header = try bytes.slice(at: 8, count: Int(length))
    let object = try? JSONSerialization.jsonObject(with: Data(header))
    guard let object = object as? [String: Any] else {
      throw .damaged("its header is not a JSON object")
    }
    guard object.count <= NamedArray.most else {
      throw InterchangeError(
        "has \(object.count) tensors, \(FloatModel.expectation)", FloatModel.advice)
    }
    var notes = ModelNotes()
    var arrays: [(offset: Int, array: NamedArray)] = []
    // By name, so that of several faults the same is told each time.
    for (name, value) in object.sorted(by: { $0.key < $1.key }) {
      if name == "__metadata__" {
        guard let pairs = value as? [String: String] else {
          throw .damaged("its __metadata__ is not an object of strings")
        }
        notes = try ModelNotes(pairs)
      } else {
        arrays.append(try tensor(name, value, bytes, from: start))
      }
    }
    // As they stand in the file, which is the order of their names where one begins where another does.
    arrays.sort { ($0.offset, $0.array.name) < ($1.offset, $1.array.name) }
    return try FloatModel(arrays.map(\.array), notes: notes, convention: .outputsFirst)
  }

  private static let kinds: [String: NumberKind] = [
    "F16": .half, "BF16": .brainHalf, "F32": .float, "F64": .double,
  ]

  private static func tensor(
    _ name: String, _ value: Any, _ bytes: BoundedBytes, from start: Int
  ) throws(InterchangeError) -> (offset: Int, array: NamedArray) {
    guard let fields = value as? [String: Any], let type = fields["dtype"] as? String,
      let shape = fields["shape"] as? [Int], let range = fields["data_offsets"] as? [Int],
      range.count == 2, range[0] >= 0, range[0] <= range[1], range[1] <= bytes.count - start,
      shape.count <= 8
    else { throw .damaged("the header of \(shortened(name)) is not that of a tensor inside of it") }
    guard let kind = kinds[type] else {
      throw InterchangeError(
        "holds \(shortened(name)) as \(shortened(type))", "convert it to F32 before it is saved")
    }
    let length = range[1] - range[0]
    guard let count = elementCount(shape, limit: length / kind.width), count * kind.width == length
    else {
      throw .damaged("\(shortened(name)) has not as many bytes as \(shapeText(shape)) takes")
    }
    guard count <= NamedArray.mostNumbers else {
      throw InterchangeError(
        "has a tensor \(shortened(name)) (\(shapeText(shape))), \(FloatModel.expectation)",
        FloatModel.advice)
    }
    let content = try bytes.slice(at: start + range[0], count: length)
    return (range[0], NamedArray(name: name, shape: shape, values: kind.values(content)))
  }

  /// The file of a network.
  static func file(_ model: FloatModel) -> [UInt8] {
    var hidden = NamedArray(
      name: "fc1.weight", shape: [model.inputs, model.hidden], values: model.hiddenWeights)
    var output = NamedArray(
      name: "fc2.weight", shape: [model.hidden, model.classes], values: model.outputWeights)
    (hidden.values, output.values) = (hidden.transposed, output.transposed)
    hidden.shape.reverse()
    output.shape.reverse()
    let arrays = [
      hidden, NamedArray(name: "fc1.bias", shape: [model.hidden], values: model.hiddenBias),
      output, NamedArray(name: "fc2.bias", shape: [model.classes], values: model.outputBias),
    ]
    var header: [String: Any] = ["__metadata__": model.notes.pairs]
    var content: [UInt8] = []
    for array in arrays {
      let start = content.count
      content.append(littleEndian: array.values)
      header[array.name] =
        ["dtype": "F32", "shape": array.shape, "data_offsets": [start, content.count]]
        as [String: Any]
    }
    var text = ModelNotes.json(header)
    while text.count % 8 != 0 { text.append(0x20) }
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(text.count))
    return bytes + text + content
  }
}
