import Digits

/// A stranger's PNG, with whatever is packed in it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let picture = PlainPNG.decode(bytes.span) else { return 0 }
  precondition(picture.pixels.count == picture.width * picture.height)
  precondition(picture.width > 0 && picture.height > 0)
  return 0
}
