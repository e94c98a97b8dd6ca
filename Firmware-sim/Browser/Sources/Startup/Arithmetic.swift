// Functions of the C library that the compiler and Embedded Swift's own library call.

import SIMDMath

/// `a · b + sum`, rounded once, but where nothing is.
@c(fmaf)
public func fusedMultiplyAdd(_ a: Float, _ b: Float, _ sum: Float) -> Float {
  #if RELAXED_SIMD
    SIMD4(repeating: sum).addingProduct(SIMD4(repeating: a), SIMD4(repeating: b)).x
  #elseif ROUNDED_TWICE
    a * b + sum
  #else
    fusedByDoubles(sum, a, b)
  #endif
}

/// Half-way cases go away from zero.
@c(roundf)
public func nearest(_ x: Float) -> Float {
  let whole = x.rounded(.towardZero)
  if (x - whole).magnitude < 0.5 { return whole }
  return whole + (x < 0 ? -1 : 1)
}

/// Half-way cases go away from zero.
@c(round)
public func nearest(_ x: Double) -> Double {
  let whole = x.rounded(.towardZero)
  if (x - whole).magnitude < 0.5 { return whole }
  return whole + (x < 0 ? -1 : 1)
}

/// Which of two stretches of memory comes first, by their first bytes that differ.
@c(memcmp)
public func compareMemory(
  _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
  for i in 0..<count {
    let (x, y) = unsafe (a[i], b[i])
    if x != y { return x < y ? -1 : 1 }
  }
  return 0
}

/// Numbers that dictionaries scatter their keys by: always the same, so that everything is.
@c(arc4random_buf)
public func randomBytes(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) {
  for i in 0..<count { unsafe target[i] = 0 }
}
