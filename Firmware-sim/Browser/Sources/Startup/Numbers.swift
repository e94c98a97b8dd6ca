/// A decimal number with at most seven digits, without exponent, which is all that the allographs have: both
/// the digits and the power of ten are exact, so that dividing them rounds once, as `strtof` does.
@c(_swift_stdlib_strtof_clocale)
public func number(
  _ text: UnsafePointer<UInt8>, _ result: UnsafeMutablePointer<Float>
) -> UnsafePointer<UInt8>? {
  var cursor = unsafe text
  let isNegative = unsafe cursor.pointee == 45
  if isNegative { unsafe cursor += 1 }
  var (digits, scale, seen, isFraction) = (0, 1, 0, false)
  while true {
    let character = unsafe cursor.pointee
    if character >= 48 && character <= 57 {
      digits = 10 * digits + Int(character) - 48
      seen += 1
      if isFraction { scale *= 10 }
    } else if character == 46 && !isFraction {
      isFraction = true
    } else {
      break
    }
    unsafe cursor += 1
  }
  guard (1...7).contains(seen) else { return nil }
  unsafe result.pointee = Float(isNegative ? -digits : digits) / Float(scale)
  return unsafe cursor
}
