#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  /// The logits of a classification, kept when its arena is used again.
  package struct HostLogits: Sendable, Equatable {
    /// How many classes there are, at most 64.
    package let count: Int
    private var values = InlineArray<64, Int32>(repeating: 0)

    /// Zero for each class.
    package init(count: Int) {
      precondition(count > 0 && count <= ModelShape.mostClasses)
      self.count = count
    }

    /// Copies what stands in an arena.
    package init(_ logits: borrowing Logits) {
      self.init(count: logits.count)
      for index in 0..<count { values[index] = logits[index] }
    }

    /// The logit of a class, in steps of the model image's logit scale.
    ///
    /// - Parameter index: 0 ..< ``count``.
    package subscript(index: Int) -> Int32 {
      get { values[index] }
      set { values[index] = newValue }
    }

    /// The class with the largest logit; of equal ones the first.
    package var argmax: Int { firstLargest(count) { values[$0] } }

    /// All of them, class by class.
    package var array: [Int32] { (0..<count).map { values[$0] } }

    package static func == (a: HostLogits, b: HostLogits) -> Bool {
      a.count == b.count && (0..<a.count).allSatisfy { a[$0] == b[$0] }
    }
  }
#endif
