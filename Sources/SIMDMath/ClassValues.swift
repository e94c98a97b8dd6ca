/// A number for each of up to 64 classes, sixteen to a vector.
package struct ClassValues: Sendable, Equatable {
  /// The most classes.
  package static var most: Int { 64 }

  /// K.
  package let classes: Int
  private var storage: InlineArray<4, Vector>

  /// Zero for each class.
  ///
  /// - Parameter classes: K, 1 ... 64.
  package init(classes: Int) {
    precondition(classes > 0 && classes <= ClassValues.most)
    self.classes = classes
    storage = InlineArray(repeating: Vector())
  }

  /// What stands in whole vectors: lane k of vector i is class 16 i + k.
  package init(_ vectors: Span<Vector>, classes: Int) {
    self.init(classes: classes)
    for i in 0..<vectorCount { storage[i] = vectors[i] }
  }

  /// What a function gives for the classes.
  package init(classes: Int, _ value: (Int) -> Float) {
    self.init(classes: classes)
    for k in 0..<classes { self[k] = value(k) }
  }

  /// How many vectors the classes take.
  package var vectorCount: Int { classVectors(classes) }

  /// The number of a class, 0 ..< ``classes``.
  package subscript(index: Int) -> Float {
    get { storage[index / 16][index % 16] }
    set { storage[index / 16][index % 16] = newValue }
  }

  /// Sixteen classes' numbers.
  package subscript(vector i: Int) -> Vector {
    get { storage[i] }
    set { storage[i] = newValue }
  }

  /// All numbers times one.
  package static func * (values: ClassValues, factor: Float) -> ClassValues {
    var result = values
    for i in 0..<values.vectorCount { result.storage[i] = values.storage[i] * factor }
    return result
  }

  package static func == (a: ClassValues, b: ClassValues) -> Bool {
    a.classes == b.classes && (0..<a.classes).allSatisfy { a[$0] == b[$0] }
  }

  /// Sixteen classes' numbers, one so low where there is no class that no power of it is left.
  func masked(_ i: Int) -> Vector {
    storage[i].replacing(with: -1e30, where: unusedLanes(of: classes, in: i))
  }

  /// The largest number.
  var largest: Float {
    var folded = masked(0)
    for i in 1..<max(1, vectorCount) {
      let other = masked(i)
      folded = folded.replacing(with: other, where: other .> folded)
    }
    return folded.largestLane
  }

  /// The sum of all lanes, those of no class included: vector by vector, then neighbors.
  var sum: Float {
    var folded = storage[0]
    for i in 1..<max(1, vectorCount) { folded = folded + storage[i] }
    return folded.pairwiseSum
  }
}

/// How many vectors hold a number for each of so many classes.
@inlinable
package func classVectors(_ classes: Int) -> Int { (classes + 15) / 16 }

/// Lanes of vector `i` that stand for no class.
///
/// Found by a comparison of floats: one of integers becomes a loop over lanes.
@inlinable @inline(__always)
package func unusedLanes(of classes: Int, in i: Int) -> SIMDMask<SIMD16<Int32>> {
  laneNumbers .>= Float(classes &- 16 &* i)
}

/// 0 ... 15.
@inlinable
package var laneNumbers: Vector {
  @inline(__always) get { Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) }
}
