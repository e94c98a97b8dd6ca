/// Builds a TensorFlow Lite model of one subgraph: `schema.fbs` of
/// https://github.com/tensorflow/tensorflow, version 3.
struct TFLiteBuilder {
  private var tensors: [FlatBufferWriter.Object] = []
  private var buffers: [FlatBufferWriter.Object] = [.table([:])]
  private var operations: [FlatBufferWriter.Object] = []
  private var codes: [(operation: TFLiteOperator, version: Int32)] = []

  /// Adds a tensor.
  ///
  /// - Parameters:
  ///   - kind: its type and shape.
  ///   - scales: of its steps; none for numbers that are what they say.
  ///   - zeroPoint: what stands for zero.
  ///   - content: its numbers, if it is constant.
  /// - Returns: its number.
  mutating func tensor(
    _ name: String, _ kind: (type: TFLiteType, shape: [Int]), scales: [Float] = [],
    zeroPoint: Int64 = 0, content: [UInt8]? = nil
  ) -> Int32 {
    var fields: [Int: FlatBufferWriter.Value] = [
      0: .object(numbers(kind.shape.map { Int32($0) })), 1: .byte(kind.type.rawValue), 2: .int(0),
      3: .object(.text(name)),
    ]
    if let content { fields[2] = .int(buffer(content)) }
    if !scales.isEmpty {
      let zeros = [Int64](repeating: zeroPoint, count: scales.count)
      fields[4] = .object(
        .table([
          2: .object(numbers(scales.map(\.bitPattern))), 3: .object(numbers(zeros)), 6: .int(0),
        ]))
    }
    tensors.append(.table(fields))
    return Int32(tensors.count - 1)
  }

  /// Adds an operator, with ReLU at its end if `isRectified`.
  ///
  /// - Parameter joins: the tensors that go in, and the one that comes out.
  mutating func add(
    _ operation: TFLiteOperator, version: Int32, _ joins: (inputs: [Int32], output: Int32),
    isRectified: Bool = false
  ) {
    let known = codes.firstIndex { $0 == (operation, version) }
    if known == nil { codes.append((operation, version)) }
    var fields: [Int: FlatBufferWriter.Value] = [
      0: .int(Int32(known ?? codes.count - 1)), 1: .object(numbers(joins.inputs)),
      2: .object(numbers([joins.output])),
    ]
    if operation != .quantize {
      // FullyConnectedOptions, CastOptions.
      fields[3] = .byte(operation == .fullyConnected ? 8 : 37)
      fields[4] = .object(.table(isRectified ? [0: .byte(1)] : [:]))
    }
    operations.append(.table(fields))
  }

  /// The file.
  ///
  /// - Parameters:
  ///   - ends: the tensors that go in and come out.
  ///   - description: what people should know.
  ///   - notes: what programs should know.
  mutating func file(
    _ ends: (input: Int32, output: Int32), description: String, notes: ModelNotes
  ) -> [UInt8] {
    let metadata = FlatBufferWriter.Object.table([
      0: .object(.text(TFLiteGraph.metadata)), 1: .int(buffer(notes.json)),
    ])
    let graph: FlatBufferWriter.Object = .table([
      0: .object(.list(tensors)), 1: .object(numbers([ends.input])),
      2: .object(numbers([ends.output])), 3: .object(.list(operations)), 4: .object(.text("main")),
    ])
    let codes: [FlatBufferWriter.Object] = codes.map { operation, version in
      .table([
        0: .byte(UInt8(min(operation.rawValue, 127))), 2: .int(version),
        3: .int(operation.rawValue),
      ])
    }
    return FlatBufferWriter(
      identifier: "TFL3",
      root: .table([
        0: .int(3), 1: .object(.list(codes)), 2: .object(.list([graph])),
        3: .object(.text(description)), 4: .object(.list(buffers)),
        6: .object(.list([metadata])),
      ])
    ).bytes
  }

  private mutating func buffer(_ content: [UInt8]) -> Int32 {
    buffers.append(.table([0: .object(.numbers(content, width: 1, alignment: 16))]))
    return Int32(buffers.count - 1)
  }

  private func numbers(_ values: [some FixedWidthInteger]) -> FlatBufferWriter.Object {
    var bytes: [UInt8] = []
    for value in values { bytes.append(littleEndian: value) }
    let width = values.isEmpty ? 1 : bytes.count / values.count
    return .numbers(bytes, width: width, alignment: width)
  }
}
