import Digits

/// A picture brought to the network's convention: a byte for its width, 1 ... 40, one that says whether
/// each pixel stands for 8x8, so that the picture is shrunk before its ink is looked for, and its pixels.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 2 else { return 0 }
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let scale = bytes[1] == 8 ? 8 : 1
  let columns = 1 + Int(bytes[0]) % 40
  // The last row is filled up with the last pixel.
  let rows = (count - 2 + columns - 1) / columns
  let pixels = (0..<columns * scale * rows * scale).map { i in
    bytes[min(2 + i / (columns * scale) / scale * columns + i / scale % columns, count - 1)]
  }
  let picture = Picture(width: columns * scale, height: rows * scale, pixels: pixels)
  if let digit = try? Normalization.normalize(picture, file: "fuzz") {
    precondition(digit.pixels.count == 784 && digit.pixels.contains { $0 > 0 })
    precondition(digit.box.left >= 0 && digit.box.left + digit.box.width <= picture.width)
    precondition(digit.box.top >= 0 && digit.box.top + digit.box.height <= picture.height)
  }
  return 0
}
