/// How the text after an option becomes a value, and how both are shown.
///
/// A reader is total: whatever is typed either becomes a value within its bounds or is refused
/// with ``expectation``.
///
/// ```swift
/// let reader = ValueReader.integer(in: 16...1024, multipleOf: 16)
/// reader.read("128")    // 128
/// reader.read("17")     // nil
/// reader.expectation    // "a multiple of 16 from 16 to 1024"
/// ```
package struct ValueReader<Value>: Sendable {
  /// What stands for the value in the help, as in `--hidden N`.
  package let placeholder: String

  /// What is accepted, to follow the word "expected".
  package let expectation: String

  /// The accepted words, where only those are.
  package let choices: [String]

  /// The value that the text stands for, or nil if it stands for none.
  package let read: @Sendable (String) -> Value?

  /// A value as one would type it.
  package let show: @Sendable (Value) -> String

  /// A reader of one's own.
  package init(
    placeholder: String, expectation: String, choices: [String] = [],
    show: @escaping @Sendable (Value) -> String, read: @escaping @Sendable (String) -> Value?
  ) {
    self.placeholder = placeholder
    self.expectation = expectation
    self.choices = choices
    self.read = read
    self.show = show
  }
}

extension ValueReader where Value == Int {
  /// A whole number within `range`, divisible by `divisor`.
  package static func integer(
    in range: ClosedRange<Int>, multipleOf divisor: Int = 1, placeholder: String = "N"
  ) -> ValueReader {
    let kind = divisor == 1 ? "a whole number" : "a multiple of \(divisor)"
    let bounds =
      range.upperBound == .max
      ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    return ValueReader(
      placeholder: placeholder, expectation: "\(kind) \(bounds)", show: { "\($0)" },
      read: {
        guard let value = Int($0), range.contains(value), value % divisor == 0 else { return nil }
        return value
      })
  }
}

extension ValueReader where Value == UInt64 {
  /// Any whole number that 64 bits hold: a seed.
  package static var unsigned: ValueReader {
    ValueReader(
      placeholder: "N", expectation: "a whole number from 0 to \(UInt64.max)",
      show: { "\($0)" }, read: { UInt64($0) })
  }
}

extension ValueReader where Value: BinaryFloatingPoint & LosslessStringConvertible & Sendable {
  /// A finite number greater than `least` and not over `most`: a learning rate, which must not
  /// be 0.
  package static func number(over least: Value, upTo most: Value) -> ValueReader {
    ValueReader(
      placeholder: "X", expectation: "a number over \(least) and up to \(most)",
      show: { $0.description },
      read: { text in
        guard let value = Value(text), value.isFinite, value > least, value <= most else {
          return nil
        }
        return value
      })
  }
}

extension ValueReader where Value == String {
  /// Any text but the empty one; `placeholder` says what it names, such as `FILE`.
  package static func text(_ placeholder: String) -> ValueReader {
    ValueReader(
      placeholder: placeholder, expectation: "a value that is not empty", show: { $0 },
      read: { $0.isEmpty ? nil : $0 })
  }
}

extension ValueReader where Value == [String] {
  /// Two names or more between commas, each once.
  package static var names: ValueReader {
    ValueReader(
      placeholder: "A,B,...", expectation: "different names with commas between them",
      show: { $0.joined(separator: ",") },
      read: { text in
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        let isProper = names.count > 1 && !names.contains("") && Set(names).count == names.count
        return isProper ? names : nil
      })
  }
}

extension ValueReader where Value == Bool {
  /// `on` or `off`.
  package static var onOff: ValueReader {
    choice(of: [true, false]) { $0 ? "on" : "off" }
  }
}

extension ValueReader where Value: CaseIterable & RawRepresentable<String> & Sendable {
  /// One of the cases of an enumeration, by their raw values.
  package static var choice: ValueReader {
    choice(of: Array(Value.allCases)) { $0.rawValue }
  }
}

extension ValueReader where Value: Sendable {
  /// One of a list of values, each with the word to type for it, in capitals or not.
  ///
  /// - Parameters:
  ///   - values: What may be chosen, in the order the help lists it.
  ///   - placeholder: What stands for a list too long to show, such as `NAME`.
  ///   - name: The word for a value. Each must be different.
  package static func choice(
    of values: [Value], placeholder: String? = nil, name: @escaping @Sendable (Value) -> String
  ) -> ValueReader {
    let words = values.map(name)
    let list = words.joined(separator: "|")
    return ValueReader(
      placeholder: placeholder ?? list, expectation: words.joined(separator: ", "), choices: words,
      show: name,
      read: { text in
        let index =
          words.firstIndex(of: text)
          ?? words.firstIndex { $0.lowercased() == text.lowercased() }
        return index.map { values[$0] }
      })
  }
}
