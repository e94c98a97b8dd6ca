/// The whole part of the square root, bit by bit: 24 is 4, 25 is 5.
///
/// - Complexity: 16 steps, no division.
@inlinable
public func integerSquareRoot(_ value: UInt32) -> UInt32 {
  var rest = value
  var root: UInt32 = 0
  var bit: UInt32 = 1 &<< 30
  while bit > rest { bit &>>= 2 }
  while bit != 0 {
    if rest >= root &+ bit {
      rest &-= root &+ bit
      root = (root &>> 1) &+ bit
    } else {
      root &>>= 1
    }
    bit &>>= 2
  }
  return root
}
