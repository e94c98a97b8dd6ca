import Network
import SIMDMath

/// The sixteen lanes that `lane` gives.
func vector(_ lane: (Int) -> Float) -> Vector {
  var result = Vector()
  for i in 0..<16 { result[i] = lane(i) }
  return result
}

/// Sixteen numbers to a vector.
func vectors(_ numbers: [Float]) -> [Vector] {
  precondition(numbers.count % 16 == 0)
  return (0..<numbers.count / 16).map { block in vector { numbers[block * 16 + $0] } }
}

/// The lanes of vectors, one after the other.
func lanes(_ vectors: [Vector]) -> [Float] {
  var result: [Float] = []
  result.reserveCapacity(vectors.count * 16)
  for vector in vectors {
    for i in 0..<16 { result.append(vector[i]) }
  }
  return result
}

/// The bits of numbers, so that 0 and -0 differ and a NaN is equal to itself.
func bits(_ numbers: [Float]) -> [UInt32] { numbers.map(\.bitPattern) }

/// By how many units in the last place of the true value a Float is off.
func ulps(_ value: Float, from truth: Double) -> Double {
  abs(Double(value) - truth) / Double(Float(truth).ulp)
}

/// Every division into column blocks there is: each width alone, after others, and behind several of the widest.
let hiddenSizes = [16, 32, 48, 64, 80, 96, 112, 128, 144, 240, 1024]

/// One, two, and around a whole mask of 64 samples.
let batchSizes = [1, 2, 63, 64, 65, 130]

/// The column blocks of a hidden layer, first to last.
func columnBlocks(hidden: Int) -> [ColumnBlock] {
  var result: [ColumnBlock] = []
  var vector = 0
  while vector < hidden / 16 {
    let columnBlock = ColumnBlock(startingAt: vector, of: hidden / 16)
    result.append(columnBlock)
    vector += columnBlock.width
  }
  return result
}
