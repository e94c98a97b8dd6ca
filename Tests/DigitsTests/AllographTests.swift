import Testing

@testable import Digits

@Suite("The language of allographs")
struct AllographTests {
  /// Good lines for all ten digits, with one digit's replaced.
  private func text(_ digit: Int = -1, _ lines: String = "") -> String {
    (0...9).map { $0 == digit ? lines : "\($0) 1 | 0,0 50,100" }.joined(separator: "\n")
  }

  private func problem(_ text: String) -> AllographTable.ParseError? {
    do throws(AllographTable.ParseError) {
      _ = try AllographTable(parsing: text)
      return nil
    } catch {
      return error
    }
  }

  @Test("options, strokes, points and corners are read")
  func read() throws {
    let lines = "4 all slant=-.1\n4 2 width=2 | 0,10 -5,20* 100,30 | 1,2 3,4\n4 1 | 0,0 9,9"
    let table = try AllographTable(parsing: text(4, lines))
    #expect(table.ofSymbol[4] == 4..<6 && table.weights[4] == 3)
    let first = table.allographs[4]
    #expect(first.style.slant == -0.1 && first.style.width == 2)
    #expect(table.allographs[5].style.slant == -0.1 && table.allographs[6].style.slant == 0.25)
    #expect(first.strokes.map { table.strokes[$0].count } == [3, 2])
    let corner = table.points[table.strokes[first.strokes.lowerBound].lowerBound + 1]
    #expect(abs(corner.x + 0.05) < 1e-6 && abs(corner.y - 0.2) < 1e-6 && corner.isCorner)
  }

  @Test("allographs are picked by their weight")
  func weights() throws {
    let table = try AllographTable(parsing: text(4, "4 3 | 0,0 1,1\n4 1 | 0,0 1,1"))
    #expect([0, 0.74, 0.76, 0.999_999_9].map { table.pick(4, $0) } == [4, 4, 5, 5])
  }

  @Test(
    "a mistake is refused, and its line named",
    arguments: [
      "4", "x 1 | 0,0 1,1", "4 0 | 0,0 1,1", "4 -1 | 0,0 1,1", "4 1", "4 all | 0,0 1,1",
      "4 1 | 0,0", "4 1 | 0,0 1,1 |", "4 1 | 0,0 1", "4 1 | 0,0 1,999", "4 1 height=1 | 0,0 1,1",
      "4 1 width=x | 0,0 1,1", "5 1 | 0,0 1,1", "4 all slant=1",
      "4 1 | " + String(repeating: "1,1 ", count: 25),
    ])
  func refused(line: String) {
    let problem = problem(text(4, line))
    #expect(problem?.line == 5 || problem?.line == 6)
  }
}
