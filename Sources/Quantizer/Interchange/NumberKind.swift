/// How a file stores the numbers of an array.
enum NumberKind: Sendable {
  case half, brainHalf, float, double, byte

  /// Bytes a number takes.
  var width: Int {
    switch self {
    case .byte: 1
    case .half, .brainHalf: 2
    case .float: 4
    case .double: 8
    }
  }

  /// The numbers in little-endian bytes, each as the nearest Float.
  ///
  /// - Parameter bytes: a multiple of ``width``.
  func values(_ bytes: ArraySlice<UInt8>) -> [Float] {
    precondition(bytes.count % width == 0)
    return stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start in
      var bits: UInt64 = 0
      for i in 0..<width { bits |= UInt64(bytes[start + i]) << UInt64(8 * i) }
      switch self {
      case .byte: return Float(bits)
      case .half: return Float(halfBits: UInt16(bits))
      case .brainHalf: return Float(bitPattern: UInt32(bits) << 16)
      case .float: return Float(bitPattern: UInt32(bits))
      case .double: return Float(Double(bitPattern: bits))
      }
    }
  }
}

extension Float {
  /// IEEE 754's binary16: one bit of sign, five of exponent, ten of fraction. All of them are Floats.
  ///
  /// 0x3C00 is 1, 0x0001 is 2⁻²⁴.
  init(halfBits bits: UInt16) {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Float(bits & 1023)
    switch exponent {
    case 0: self = sign * fraction * 0x1p-24
    case 31: self = fraction == 0 ? sign * .infinity : .nan
    default:
      self =
        sign * (1 + fraction / 1024) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
    }
  }
}
