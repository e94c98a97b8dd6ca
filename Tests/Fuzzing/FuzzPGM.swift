import Digits

/// A stranger's picture, decoded, and encoded and decoded again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let picture = try? PGM.decode(bytes, file: "fuzz") else { return 0 }
  precondition(picture.pixels.count == picture.width * picture.height)
  precondition(picture.width > 0 && picture.height > 0)
  let again = try? PGM.decode(PGM.encode(picture), file: "fuzz")
  precondition(again == picture)
  return 0
}
