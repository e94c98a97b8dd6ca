/// A TensorFlow Lite model of one subgraph, as it stands in its file (`schema.fbs`, version 3).
struct TFLiteGraph: Sendable {
  /// A tensor: its type, shape and quantization, and its numbers if they are constant.
  struct Tensor: Sendable {
    var name: String
    var type: UInt8
    var shape: [Int]
    var scales: [Float] = []
    var zeroPoints: [Int64] = []
    /// The dimension that several scales belong to.
    var axis: Int32 = 0
    var content: ArraySlice<UInt8>?
  }

  /// An operator and the tensors it joins; -1 is an input left out.
  struct Operation: Sendable {
    var code: Int32
    var inputs: [Int]
    var outputs: [Int]
    var options: FlatTable?
  }

  /// All tensors.
  private(set) var tensors: [Tensor] = []
  /// Operators in the order in which they run.
  private(set) var operations: [Operation] = []
  /// The tensors that go in and come out.
  private(set) var inputs: [Int] = []
  private(set) var outputs: [Int] = []
  /// What it says about itself, if it was written here.
  private(set) var notes = ModelNotes()

  /// Bounds on what is looked at: a file may have everything share its bytes.
  private static let most = (tensors: 64, operations: 32, dimensions: 6, scales: 1024, buffers: 256)
  /// The name under which this project keeps its notes.
  static let metadata = "SIMDIGIT"

  /// Reads a file.
  ///
  /// - Complexity: memory for at most 64 tensors' scales and names; constant numbers stay where they are.
  init(_ bytes: BoundedBytes) throws(InterchangeError) {
    guard bytes.count >= 8, Array(bytes.bytes[4..<8]) == Array("TFL3".utf8) else {
      throw InterchangeError(
        "is not a TensorFlow Lite model", "convert it with tf.lite.TFLiteConverter")
    }
    let model = try FlatTable(root: bytes)
    let graphs = try model.vector(2, width: 4)
    guard let graphs, graphs.count == 1 else {
      throw InterchangeError(
        "has \(graphs?.count ?? 0) subgraphs", "give a model without control flow")
    }
    let graph = try graphs.table(0)
    let buffers = try model.vector(4, width: 4)
    try readTensors(graph, buffers)
    try readOperations(graph, model.vector(1, width: 4))
    inputs = try TFLiteGraph.indices(graph.vector(1, width: 4))
    outputs = try TFLiteGraph.indices(graph.vector(2, width: 4))
    let all = tensors.indices
    guard (inputs + outputs).allSatisfy({ all.contains($0) }) else {
      throw .damaged("it names a tensor that is not there")
    }
    try readNotes(model, buffers)
  }

  /// The tensor of an index, which operators' are known to be.
  subscript(_ index: Int) -> Tensor { tensors[index] }

  private mutating func readTensors(
    _ graph: FlatTable, _ buffers: FlatVector?
  ) throws(InterchangeError) {
    guard let list = try graph.vector(0, width: 4) else { throw .damaged("it has no tensors") }
    guard list.count <= TFLiteGraph.most.tensors else {
      throw InterchangeError(
        "has \(list.count) tensors, \(FloatModel.expectation)", FloatModel.advice)
    }
    for index in 0..<list.count {
      let table = try list.table(index)
      let shape = try TFLiteGraph.indices(table.vector(0, width: 4))
      guard shape.count <= TFLiteGraph.most.dimensions else {
        throw .damaged("a tensor has \(shape.count) dimensions")
      }
      var tensor = Tensor(name: try table.text(3), type: try table.byte(1) ?? 0, shape: shape)
      if let quantization = try table.table(4) {
        let scales = try quantization.vector(2, width: 4)
        let zeros = try quantization.vector(3, width: 8)
        guard max(scales?.count ?? 0, zeros?.count ?? 0) <= TFLiteGraph.most.scales else {
          throw .damaged("a tensor has more than \(TFLiteGraph.most.scales) scales")
        }
        tensor.scales = try scales?.numbers(UInt32.self).map { Float(bitPattern: $0) } ?? []
        tensor.zeroPoints = try zeros?.numbers(UInt64.self).map { Int64(bitPattern: $0) } ?? []
        tensor.axis = try quantization.int(6) ?? 0
      }
      let buffer = Int(UInt32(bitPattern: try table.int(2) ?? 0))
      tensor.content = try TFLiteGraph.content(buffer, buffers)
      tensors.append(tensor)
    }
  }

  private static func content(
    _ buffer: Int, _ buffers: FlatVector?
  ) throws(InterchangeError) -> ArraySlice<UInt8>? {
    guard buffer > 0, let buffers, buffer < buffers.count else { return nil }
    let content = try buffers.table(buffer).vector(0, width: 1)?.content
    return content?.isEmpty == true ? nil : content
  }

  private mutating func readOperations(
    _ graph: FlatTable, _ codes: FlatVector?
  ) throws(InterchangeError) {
    guard let list = try graph.vector(3, width: 4), let codes else {
      throw .damaged("it has no operators")
    }
    guard list.count <= TFLiteGraph.most.operations else {
      throw InterchangeError(
        "has \(list.count) operators, \(FloatModel.expectation)", FloatModel.advice)
    }
    for index in 0..<list.count {
      let table = try list.table(index)
      let number = Int(UInt32(bitPattern: try table.int(0) ?? 0))
      guard number < codes.count else { throw .damaged("an operator has no code") }
      let code = try codes.table(number)
      // The older field has room for 127 of them.
      let older = Int32(try code.byte(0) ?? 0)
      let operation = Operation(
        code: max(older, try code.int(3) ?? 0),
        inputs: try TFLiteGraph.indices(table.vector(1, width: 4)),
        outputs: try TFLiteGraph.indices(table.vector(2, width: 4)), options: try table.table(4))
      let isInside = operation.inputs.allSatisfy { $0 >= -1 && $0 < tensors.count }
      guard isInside, operation.outputs.allSatisfy({ tensors.indices.contains($0) }) else {
        throw .damaged("an operator names a tensor that is not there")
      }
      operations.append(operation)
    }
  }

  private mutating func readNotes(
    _ model: FlatTable, _ buffers: FlatVector?
  ) throws(InterchangeError) {
    guard let list = try model.vector(6, width: 4) else { return }
    for index in 0..<min(list.count, TFLiteGraph.most.buffers) {
      let entry = try list.table(index)
      guard try entry.text(0) == TFLiteGraph.metadata else { continue }
      let buffer = Int(UInt32(bitPattern: try entry.int(1) ?? 0))
      guard let content = try TFLiteGraph.content(buffer, buffers), content.count <= 1 << 16 else {
        throw .damaged("its notes are missing")
      }
      notes = try ModelNotes(json: content)
    }
  }

  /// A few Int32s.
  private static func indices(_ vector: FlatVector?) throws(InterchangeError) -> [Int] {
    guard let vector else { return [] }
    guard vector.count <= 64 else { throw .damaged("a list of tensors or sizes is too long") }
    return try vector.numbers(UInt32.self).map { Int(Int32(bitPattern: $0)) }
  }
}
