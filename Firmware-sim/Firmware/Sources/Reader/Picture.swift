import Board
import Int8Runtime

/// Reads a picture as the input spec wants it, 28x28 in a PGM of kind P5 with 255 for white, to the start
/// of `arena`.
func readPicture(_ file: HostFile, into arena: inout MutableRawSpan) -> Bool {
  guard file.next() == 0x50, file.next() == 0x35, file.next() != nil,
    readNumber(file) == pictureSide, readNumber(file) == pictureSide, readNumber(file) == 255
  else { return false }
  return file.read(pictureBytes, into: &arena)
}

/// A decimal number and the one white space behind it; white space and comments may stand before it.
private func readNumber(_ file: HostFile) -> Int {
  var value = 0
  var started = false
  while let character = file.next() {
    if character >= 48 && character <= 57 {
      if value > 999 { return -1 }
      value = value &* 10 &+ Int(character) &- 48
      started = true
    } else if character == 35 && !started {
      while let skipped = file.next(), skipped != 10 {}
    } else if character > 32 || started {
      return character <= 32 ? value : -1
    }
  }
  return -1
}
