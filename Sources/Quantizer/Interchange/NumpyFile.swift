/// A network in NumPy's .npz: an archive of arrays `W`, `b`, `V`, `c`, and `metadata`, the bytes of a JSON
/// object.
enum NumpyFile {
  /// Reads a network; see ``FloatModel/init(_:notes:convention:)`` for which array is what.
  static func read(_ bytes: [UInt8]) throws(InterchangeError) -> FloatModel {
    var notes = ModelNotes()
    var arrays: [NamedArray] = []
    for entry in try ZipArchive.entries(BoundedBytes(bytes: bytes)) {
      let name = entry.name.hasSuffix(".npy") ? String(entry.name.dropLast(4)) : entry.name
      let array = try NumpyArray.read(name, entry.content)
      if name == metadata {
        guard array.values.count <= 1 << 16, array.values.allSatisfy({ (0...255).contains($0) })
        else {
          throw .damaged("its metadata are not bytes")
        }
        notes = try ModelNotes(json: array.values.map { UInt8($0) }[...])
      } else {
        arrays.append(array)
      }
    }
    return try FloatModel(arrays, notes: notes, convention: .inputsFirst)
  }

  /// The file of a network.
  static func file(_ model: FloatModel) -> [UInt8] {
    let arrays = [
      NamedArray(name: "W", shape: [model.inputs, model.hidden], values: model.hiddenWeights),
      NamedArray(name: "b", shape: [model.hidden], values: model.hiddenBias),
      NamedArray(name: "V", shape: [model.hidden, model.classes], values: model.outputWeights),
      NamedArray(name: "c", shape: [model.classes], values: model.outputBias),
    ]
    var files = arrays.map { (name: $0.name + ".npy", content: NumpyArray.file($0)) }
    files.append((metadata + ".npy", NumpyArray.file(bytes: model.notes.json)))
    return ZipArchive.archive(files)
  }

  private static let metadata = "metadata"
}
