// Functions of the C library that Embedded Swift's own library calls, beside those that fill and copy memory.

import Builtin

@c(memcmp)
func compareMemory(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  for i in 0..<count {
    let (x, y) = unsafe (a[i], b[i])
    if x != y { return x < y ? -1 : 1 }
  }
  return 0
}

/// The square root of what is below zero; of everything else the compiler takes it by an instruction.
@c(sqrtf)
func squareRoot(_ x: Float) -> Float { Float(Builtin.int_sqrt_FPIEEE32(x._value)) }

/// Numbers that dictionaries would scatter their keys by; there are none.
@c(arc4random_buf)
func randomBytes(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) {
  for i in 0..<count { unsafe target[i] = 0 }
}
