/// The builtin operators of TensorFlow Lite that have a part here, by their numbers in `schema.fbs`.
enum TFLiteOperator: Int32, Sendable {
  case dequantize = 6
  case fullyConnected = 9
  case logistic = 14
  case relu = 19
  case reshape = 22
  case softmax = 25
  case tanh = 28
  case stridedSlice = 45
  case cast = 53
  case shape = 77
  case pack = 83
  case leakyReLU = 98
  case quantize = 114

  /// What the schema calls an operator.
  static func name(_ number: Int32) -> String {
    names[number] ?? "builtin operator \(number)"
  }

  private static let names: [Int32: String] = [
    0: "ADD", 1: "AVERAGE_POOL_2D", 2: "CONCATENATION", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D",
    5: "DEPTH_TO_SPACE", 6: "DEQUANTIZE", 9: "FULLY_CONNECTED", 11: "L2_NORMALIZATION",
    14: "LOGISTIC", 16: "LSTM", 17: "MAX_POOL_2D", 18: "MUL", 19: "RELU", 21: "RELU6",
    22: "RESHAPE", 23: "RESIZE_BILINEAR", 25: "SOFTMAX", 28: "TANH", 32: "CUSTOM", 34: "PAD",
    36: "GATHER", 39: "TRANSPOSE", 40: "MEAN", 41: "SUB", 42: "DIV", 43: "SQUEEZE",
    44: "UNIDIRECTIONAL_SEQUENCE_LSTM", 45: "STRIDED_SLICE", 49: "SPLIT", 50: "LOG_SOFTMAX",
    53: "CAST", 54: "PRELU", 55: "MAXIMUM", 56: "ARG_MAX", 57: "MINIMUM", 65: "SLICE",
    67: "TRANSPOSE_CONV", 70: "EXPAND_DIMS", 74: "SUM", 77: "SHAPE", 83: "PACK", 98: "LEAKY_RELU",
    111: "ELU", 114: "QUANTIZE", 117: "HARD_SWISH", 126: "BATCH_MATMUL", 150: "GELU",
  ]
}

/// The types of TensorFlow Lite's tensors that have a part here.
enum TFLiteType: UInt8, Sendable {
  case float32 = 0
  case float16 = 1
  case int32 = 2
  case uint8 = 3
  case int8 = 9

  /// What people call a type.
  static func name(_ number: UInt8) -> String {
    let names = [
      "Float32", "Float16", "Int32", "UInt8", "Int64", "String", "Bool", "Int16", "Complex64",
      "Int8", "Float64",
    ]
    return names.indices.contains(Int(number)) ? names[Int(number)] : "type \(number)"
  }
}
