// Which classes of a set are used, and in which order.
extension DigitSet {
  /// Keeps the pictures of the classes named, in place, and has the classes in that order.
  ///
  /// - Throws: ``DigitsError`` for a class that the set does not have; `file` is its name there.
  package mutating func choose(_ names: [String], file: String) throws(DigitsError) {
    var chosen = [UInt8?](repeating: nil, count: classNames.count)
    for (index, name) in names.enumerated() {
      guard let label = classNames.firstIndex(of: name) else {
        throw .malformed(
          file, "has no class \(ClassNames.shortened(name))",
          "it has \(ClassNames.list(classNames))")
      }
      chosen[label] = UInt8(index)
    }
    keep(chosen, as: names)
  }

  /// Has the classes that a network is trained on, in their order.
  ///
  /// - Parameter leavingOut: whether pictures of other classes are left out; otherwise they are an error.
  package mutating func match(
    _ names: [String], leavingOut: Bool, file: String
  ) throws(DigitsError) {
    let places = classNames.map { names.firstIndex(of: $0).map { UInt8($0) } }
    if !leavingOut, let label = labels.first(where: { places[Int($0)] == nil }) {
      throw .malformed(
        file, "has the class \(ClassNames.shortened(classNames[Int(label)]))",
        "training knows \(ClassNames.list(names))")
    }
    keep(places, as: names)
    guard count > 0 else {
      throw .malformed(
        file, "has no picture of any class trained on", "training knows \(ClassNames.list(names))")
    }
  }

  /// Keeps pictures whose label has a new one, in place.
  private mutating func keep(_ places: [UInt8?], as names: [String]) {
    let size = side * side
    var kept = 0
    for i in 0..<count {
      guard let place = places[Int(labels[i])] else { continue }
      if kept != i { for j in 0..<size { pixels[kept * size + j] = pixels[i * size + j] } }
      labels[kept] = place
      kept += 1
    }
    labels.removeLast(count - kept)
    pixels.removeLast(pixels.count - kept * size)
    classNames = names
  }
}
