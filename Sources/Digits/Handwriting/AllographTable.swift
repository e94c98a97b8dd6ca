/// The allographs, read from their text once and laid out for drawing.
struct AllographTable: Sendable {
  /// A point the pen passes, in parts of the box.
  struct Point {
    var x: Float
    var y: Float
    /// Whether the pen turns here without rounding.
    var isCorner: Bool
  }

  /// One way to write a digit.
  struct Allograph {
    var digit: Int
    var weight: Float
    var style: Style
    /// Which of the table's strokes are its own.
    var strokes: Range<Int>
    /// Which of the table's points are its own.
    var points: Range<Int>
    /// Which of the table's sixteens of control points are its own: one or two.
    var controls: Range<Int>
  }

  /// What is wrong with a line of the text.
  struct ParseError: Error, Equatable {
    /// Counted from 1.
    var line: Int
    var problem: String
  }

  /// The most points an allograph may have, over all strokes; ``PenPath`` has room for these.
  static let maximumPoints = 24

  /// All allographs, by digit.
  private(set) var allographs: [Allograph] = []
  /// Which points belong to each stroke.
  private(set) var strokes: [Range<Int>] = []
  /// The points of all strokes.
  private(set) var points: [Point] = []
  /// All points again, by allographs, laid out for vectors.
  private(set) var controls: [ControlPoints] = []
  /// Which allographs belong to each digit.
  private(set) var ofDigit: [Range<Int>] = []
  /// The sum of the weights of each digit.
  private(set) var weights: [Float] = []

  /// The table of ``Allographs/text``.
  static let builtIn: AllographTable = {
    do throws(ParseError) {
      return try AllographTable(parsing: Allographs.text)
    } catch {
      preconditionFailure("the text of the allographs, line \(error.line): \(error.problem)")
    }
  }()

  /// Reads the language that ``Allographs`` explains.
  init(parsing text: String) throws(ParseError) {
    var line = 0
    var digit = -1
    var style = Style()
    for text in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      let parts = text.split(separator: "|", omittingEmptySubsequences: false)
      let words = parts[0].split(separator: " ")
      guard !words.isEmpty else { continue }
      guard words.count >= 2, let named = Int(words[0]), (0...9).contains(named) else {
        throw ParseError(line: line, problem: "a line begins with a digit and a weight")
      }
      if named != digit {
        guard named == digit + 1, finishDigit() else {
          throw ParseError(line: line, problem: "the digits come in order, each with a weight")
        }
        digit = named
        style = Style()
      }
      let own = try AllographTable.style(style, words[2...], line: line)
      if words[1] == "all", parts.count == 1 {
        style = own
      } else if let weight = Float(words[1]), weight > 0, parts.count > 1 {
        try append(digit: digit, weight: weight, style: own, parts.dropFirst(), line: line)
      } else {
        throw ParseError(line: line, problem: "a weight and strokes, or `all` and none")
      }
    }
    guard digit == 9, finishDigit() else {
      throw ParseError(line: line, problem: "the text ends before the digits do")
    }
  }

  /// A style with some options set: `slant=.1 width=2`.
  private static func style(
    _ style: Style, _ options: ArraySlice<Substring>, line: Int
  ) throws(ParseError) -> Style {
    var style = style
    for option in options {
      let pair = option.split(separator: "=")
      guard pair.count == 2, let value = Float(pair[1]), value.isFinite,
        style.set(pair[0], to: value)
      else { throw ParseError(line: line, problem: "no option: \(option)") }
    }
    return style
  }

  /// Notes where the allographs of a digit end; false if it has none.
  private mutating func finishDigit() -> Bool {
    let start = ofDigit.last?.upperBound ?? 0
    guard !allographs.isEmpty else { return true }
    guard allographs.count > start else { return false }
    ofDigit.append(start..<allographs.count)
    weights.append(allographs[start...].reduce(0) { $0 + $1.weight })
    return true
  }

  private mutating func append(
    digit: Int, weight: Float, style: Style, _ texts: ArraySlice<Substring>, line: Int
  ) throws(ParseError) {
    let firstStroke = strokes.count
    let firstPoint = points.count
    for text in texts {
      let start = points.count
      for word in text.split(separator: " ") {
        guard let point = AllographTable.point(word) else {
          throw ParseError(line: line, problem: "no point: \(word)")
        }
        points.append(point)
      }
      guard points.count >= start + 2 else {
        throw ParseError(line: line, problem: "a stroke has at least two points")
      }
      strokes.append(start..<points.count)
    }
    guard points.count - firstPoint <= AllographTable.maximumPoints else {
      throw ParseError(
        line: line, problem: "more than \(AllographTable.maximumPoints) points")
    }
    let ranges = Array(strokes[firstStroke...])
    let firstControls = controls.count
    for start in stride(from: 0, to: points.count - firstPoint, by: 16) {
      controls.append(ControlPoints(points[firstPoint...], strokes: ranges, from: start))
    }
    allographs.append(
      Allograph(
        digit: digit, weight: weight, style: style, strokes: firstStroke..<strokes.count,
        points: firstPoint..<points.count, controls: firstControls..<controls.count))
  }

  /// `82,20` or `5,97*`, within -50 ... 150.
  private static func point(_ word: Substring) -> Point? {
    let isCorner = word.hasSuffix("*")
    let numbers = word.dropLast(isCorner ? 1 : 0).split(separator: ",")
    guard numbers.count == 2, let x = Int(numbers[0]), let y = Int(numbers[1]),
      (-50...150).contains(x), (-50...150).contains(y)
    else { return nil }
    return Point(x: Float(x) * 0.01, y: Float(y) * 0.01, isCorner: isCorner)
  }

  /// An allograph of a digit, by its weight; `choice` is uniform in 0 ..< 1.
  func pick(_ digit: Int, _ choice: Float) -> Int {
    var left = choice * weights[digit]
    for i in ofDigit[digit] {
      left -= allographs[i].weight
      if left < 0 { return i }
    }
    return ofDigit[digit].upperBound - 1
  }
}
