// Pictures that are taken out of a set, to be kept for another purpose.
extension DigitSet {
  /// Takes one picture in seven of each class out, in place: the fourth, the eleventh and so on.
  ///
  /// - Returns: those taken out.
  mutating func removeOneInSeven() -> DigitSet {
    var seen = [Int](repeating: 0, count: classNames.count)
    var indices: [Int] = []
    for i in 0..<count {
      if seen[Int(labels[i])] % 7 == 3 { indices.append(i) }
      seen[Int(labels[i])] += 1
    }
    return remove(at: indices)
  }

  /// Takes pictures out, in place.
  ///
  /// - Parameter indices: in rising order.
  /// - Returns: those taken out.
  /// - Complexity: O(pixels), and memory for what is taken out.
  package mutating func remove(at indices: [Int]) -> DigitSet {
    let size = side * side
    var taken = DigitSet(pixels: [], labels: [], name: name, classNames: classNames)
    taken.pixels.reserveCapacity(indices.count * size)
    taken.labels.reserveCapacity(indices.count)
    var next = 0
    for i in 0..<count {
      if next < indices.count, indices[next] == i {
        taken.labels.append(labels[i])
        taken.pixels += pixels[i * size..<(i + 1) * size]
        next += 1
      } else if next > 0 {
        for j in 0..<size { pixels[(i - next) * size + j] = pixels[i * size + j] }
        labels[i - next] = labels[i]
      }
    }
    labels.removeLast(next)
    pixels.removeLast(next * size)
    return taken
  }
}
