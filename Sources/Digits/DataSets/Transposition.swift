import SIMDMath

// Pictures whose rows and columns are exchanged, as EMNIST's are.
extension DigitSet {
  /// Exchanges rows and columns of all pictures, in place.
  package mutating func transpose() {
    for start in stride(from: 0, to: pixels.count, by: side * side) {
      for y in 1..<side {
        for x in 0..<y { pixels.swapAt(start + y * side + x, start + x * side + y) }
      }
    }
  }

  /// Whether rows and columns seem to be exchanged. Asked only of digits and letters: what else there is
  /// may well be wider than high.
  ///
  /// Letters and digits are written higher than wide, as a rule: of MNIST's digits the narrowest are 9 and
  /// the widest 18 pixels wide in the mean, and all classes 19 to 20 high. Where two classes in three,
  /// and the mean of all, are the other way round by a pixel, pictures are transposed. Of digits the mean
  /// pictures must also be like those of the built-in handwriting, transposed.
  ///
  /// - Parameter isLikely: whether the files are of a kind that has them so; then it is enough that they
  ///   are not clearly higher than wide.
  package func looksTransposed(isLikely: Bool = false) -> Bool {
    let classes = classNames.indices.map { shape(ofClass: UInt8($0)) }.filter { $0.count >= 20 }
    let excess = classes.reduce(0) { $0 + $1.width - $1.height } / Double(max(1, classes.count))
    if isLikely, excess > -0.5 { return true }
    guard isWritten, classes.count >= 5 else { return false }
    let wide = classes.filter { $0.width > $0.height }
    guard 3 * wide.count >= 2 * classes.count, excess > 1 else { return false }
    return classNames != ClassNames.digits || isLikeHandwritingWhenTransposed
  }

  /// Whether classes are single digits and letters.
  private var isWritten: Bool {
    classNames.allSatisfy { name in
      name.utf8.count == 1
        && name.unicodeScalars.allSatisfy {
          $0.properties.isAlphabetic || (48...57).contains($0.value)
        }
    }
  }

  /// The most pictures of a class that are looked at.
  private static let mostSeen = 200

  /// The mean sides of the ink of a class's first pictures.
  private func shape(ofClass label: UInt8) -> (count: Int, width: Double, height: Double) {
    var (count, width, height) = (0, 0, 0)
    for i in 0..<self.count where labels[i] == label && count < DigitSet.mostSeen {
      let picture = picture(i)
      var box = PixelBox.none
      for place in picture.indices where picture[place] > 64 {
        box.include(place % side, place / side)
      }
      count += 1
      width += box.width
      height += box.height
    }
    let divisor = Double(max(1, count))
    return (count, Double(width) / divisor, Double(height) / divisor)
  }

  /// Whether, of all mean digits of the built-in handwriting, upright and transposed, for half of the classes
  /// at least the one most like theirs is their own digit, transposed: of ten things that are no digits, one
  /// would be that in the mean.
  private var isLikeHandwritingWhenTransposed: Bool {
    let drawn = Handwriting(seed: 1).set(count: 1000)
    var turned = drawn
    turned.transpose()
    let labels = classNames.indices.map { UInt8($0) }
    let upright = labels.map { drawn.mean(ofClass: $0) }
    let exchanged = labels.map { turned.mean(ofClass: $0) }
    var (own, seen) = (0, 0)
    for (index, label) in labels.enumerated() {
      guard let mean = mean(ofClass: label) else { continue }
      let likeness = (exchanged + upright).map { $0.map(mean.correlation(with:)) ?? 0 }
      seen += 1
      if likeness.indices.max(by: { likeness[$0] < likeness[$1] }) == index { own += 1 }
    }
    return 2 * own >= seen
  }

  /// The mean of a class's first pictures, nil if there are none.
  private func mean(ofClass label: UInt8) -> MeanPicture? {
    var sum = [Double](repeating: 0, count: side * side)
    var count = 0
    for i in 0..<self.count where labels[i] == label && count < DigitSet.mostSeen {
      let picture = picture(i)
      for place in picture.indices { sum[place] += Double(picture[place]) }
      count += 1
    }
    return count == 0 ? nil : MeanPicture(sum.map { $0 / Double(count) })
  }
}

/// The mean of many pictures, with its own mean taken off.
private struct MeanPicture {
  private let values: [Double]

  init(_ pixels: [Double]) {
    let mean = pixels.reduce(0, +) / Double(pixels.count)
    values = pixels.map { $0 - mean }
  }

  /// Pearson's, -1 ... 1; 0 of a picture that is the same everywhere.
  func correlation(with other: MeanPicture) -> Double {
    var (product, own, others) = (0.0, 0.0, 0.0)
    for (a, b) in zip(values, other.values) {
      product += a * b
      own += a * a
      others += b * b
    }
    return own > 0 && others > 0 ? product / (own * others).squareRoot() : 0
  }
}
