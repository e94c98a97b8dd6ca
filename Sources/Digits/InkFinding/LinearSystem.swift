/// Solves as many linear equations as there are unknowns.
enum LinearSystem {
  /// Gaussian elimination with pivots of rows that end in their right sides; nil if the system is
  /// singular.
  static func solve(_ system: [[Double]]) -> [Double]? {
    var a = system
    let n = a.count
    for i in 0..<n {
      let pivot = (i..<n).max { abs(a[$0][i]) < abs(a[$1][i]) } ?? i
      a.swapAt(i, pivot)
      guard abs(a[i][i]) > 1e-9 else { return nil }
      for r in 0..<n where r != i {
        let factor = a[r][i] / a[i][i]
        for c in i...n { a[r][c] -= factor * a[i][c] }
      }
    }
    return (0..<n).map { a[$0][n] / a[$0][$0] }
  }
}
