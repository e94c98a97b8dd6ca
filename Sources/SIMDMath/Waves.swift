// Sine and cosine of angles in turns, for drawing and for normal numbers: good to a millionth, and a
// third of the price of those that are good to the last bit. A turn's rest lies in -½ ... ½, where one
// polynomial in its square does without quarters.

/// cos 2πt in every lane, for t within ±2²¹ turns.
@inlinable @inline(__always)
package func cosine(turns t: Vector) -> Vector {
  // Adding 1.5 · 2²³ rounds to the nearest whole number.
  cosine(rest: t - ((t + 12_582_912) - 12_582_912))
}

/// cos 2πr in every lane, for r in -½ ... ½.
@inlinable @inline(__always)
func cosine(rest r: Vector) -> Vector {
  let z = r * r
  var p = Vector(repeating: 58.786_940).addingProduct(z, Vector(repeating: -21.065_43))
  p = Vector(repeating: -85.270_84).addingProduct(z, p)
  p = Vector(repeating: 64.928_59).addingProduct(z, p)
  p = Vector(repeating: -19.738_978).addingProduct(z, p)
  return Vector(repeating: 0.999_999_2).addingProduct(z, p)
}

/// sin 2πr in every lane, for r in -½ ... ½.
@inlinable @inline(__always)
func sine(rest r: Vector) -> Vector {
  let z = r * r
  var p = Vector(repeating: 41.341_365).addingProduct(z, Vector(repeating: -12.468_819))
  p = Vector(repeating: -76.614_14).addingProduct(z, p)
  p = Vector(repeating: 81.599_91).addingProduct(z, p)
  p = Vector(repeating: -41.341_588).addingProduct(z, p)
  p = Vector(repeating: 6.283_185).addingProduct(z, p)
  return r * p
}
