/// The allographs, read from their text once and laid out for drawing.
struct AllographTable: Sendable {
  /// A point the pen passes, in parts of the box.
  struct Point {
    var x: Float
    var y: Float
    /// Whether the pen turns here without rounding.
    var isCorner: Bool
  }

  /// One way to write a symbol.
  struct Allograph {
    /// Which of the table's symbols: of digits the digit itself.
    var symbol: Int
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

  /// All allographs, by symbol.
  private(set) var allographs: [Allograph] = []
  /// Which points belong to each stroke.
  private(set) var strokes: [Range<Int>] = []
  /// The points of all strokes.
  private(set) var points: [Point] = []
  /// All points again, by allographs, laid out for vectors.
  private(set) var controls: [ControlPoints] = []
  /// Which allographs belong to each symbol.
  private(set) var ofSymbol: [Range<Int>] = []
  /// The sum of the weights of each symbol.
  private(set) var weights: [Float] = []

  /// What the lines of digits begin with.
  static let digits = (0...9).map(String.init)

  /// The table of ``Allographs/text``.
  static let builtIn = AllographTable(known: Allographs.text, symbols: digits)
  /// The table of ``OtherStrokes/text`` and of scribbles.
  static let others = AllographTable(
    known: OtherStrokes.text + "\n" + OtherStrokes.scribbles(), symbols: OtherStrokes.symbols)

  /// Reads a text that is a part of the program.
  private init(known text: String, symbols: [String]) {
    do throws(ParseError) {
      try self.init(parsing: text, symbols: symbols)
    } catch {
      preconditionFailure("the text of the allographs, line \(error.line): \(error.problem)")
    }
  }

  /// Reads the language that ``Allographs`` explains.
  ///
  /// - Parameter symbols: what the lines begin with, in this order.
  init(parsing text: String, symbols: [String] = digits) throws(ParseError) {
    var line = 0
    var symbol = -1
    var style = Style()
    for text in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      let parts = text.split(separator: "|", omittingEmptySubsequences: false)
      let words = parts[0].split(separator: " ")
      guard !words.isEmpty else { continue }
      guard words.count >= 2, let named = symbols.firstIndex(of: String(words[0])) else {
        throw ParseError(line: line, problem: "a line begins with a symbol and a weight")
      }
      if named != symbol {
        guard named == symbol + 1, finishSymbol() else {
          throw ParseError(line: line, problem: "the symbols come in order, each with a weight")
        }
        symbol = named
        style = Style()
      }
      let own = try AllographTable.style(style, words[2...], line: line)
      if words[1] == "all", parts.count == 1 {
        style = own
      } else if let weight = Float(words[1]), weight > 0, parts.count > 1 {
        try append(symbol: symbol, weight: weight, style: own, parts.dropFirst(), line: line)
      } else {
        throw ParseError(line: line, problem: "a weight and strokes, or `all` and none")
      }
    }
    guard symbol == symbols.count - 1, finishSymbol() else {
      throw ParseError(line: line, problem: "the text ends before the symbols do")
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

  /// Notes where the allographs of a symbol end; false if it has none.
  private mutating func finishSymbol() -> Bool {
    let start = ofSymbol.last?.upperBound ?? 0
    guard !allographs.isEmpty else { return true }
    guard allographs.count > start else { return false }
    ofSymbol.append(start..<allographs.count)
    weights.append(allographs[start...].reduce(0) { $0 + $1.weight })
    return true
  }

  private mutating func append(
    symbol: Int, weight: Float, style: Style, _ texts: ArraySlice<Substring>, line: Int
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
        symbol: symbol, weight: weight, style: style, strokes: firstStroke..<strokes.count,
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

  /// One of the first symbols, by the weight of all its allographs; `choice` is uniform in 0 ..< 1.
  func pick(ofFirst symbols: Int, _ choice: Float) -> Int {
    var left = choice * weights[..<symbols].reduce(0, +)
    for symbol in 0..<symbols {
      left -= weights[symbol]
      if left < 0 { return symbol }
    }
    return symbols - 1
  }

  /// An allograph of a symbol, by its weight; `choice` is uniform in 0 ..< 1.
  func pick(_ symbol: Int, _ choice: Float) -> Int {
    var left = choice * weights[symbol]
    for i in ofSymbol[symbol] {
      left -= allographs[i].weight
      if left < 0 { return i }
    }
    return ofSymbol[symbol].upperBound - 1
  }
}
