import Foundation
import Testing

@testable import CommandLineSupport

private final class Screen {
  var time = 0.0
  var text = ""

  func progress(_ style: ProgressBar.Style) -> ProgressBar {
    ProgressBar(style, clock: { self.time }, output: { self.text += $0 })
  }
}

private let plain = Terminal(color: .none, unicode: false)

@Suite struct ConsoleProgressTests {
  @Test func `plain progress is a line now and then`() {
    let screen = Screen()
    let progress = screen.progress(.lines(every: 5))
    for step in 0...1000 {
      screen.time = Double(step) / 50
      progress.update(fraction: Double(step) / 1000, label: "epoch 1")
    }
    progress.finish()
    #expect(
      screen.text == """
        25 %  epoch 1  0:15 left
        50 %  epoch 1  0:10 left
        75 %  epoch 1  0:05 left
        100 %  epoch 1  0:00 left

        """)
  }

  @Test func `a note stays and puts off the next plain line`() {
    let screen = Screen()
    let progress = screen.progress(.lines(every: 5))
    screen.time = 4
    progress.note("epoch 1\u{1B}: done")
    screen.time = 6
    progress.update(fraction: 0.5, label: "epoch 2")
    #expect(screen.text == "epoch 1\\u001b: done\n")
  }

  @Test func `the bar is redrawn ten times a second and cleared at the end`() {
    let screen = Screen()
    let progress = screen.progress(.bar(plain))
    var labels = 0
    func label() -> String {
      labels += 1
      return "epoch 1"
    }
    for step in 0..<1000 {
      screen.time = Double(step) / 1000
      progress.update(fraction: 0.5, label: label())
    }
    #expect((8...10).contains(labels))
    #expect(screen.text.hasPrefix("\r\u{1B}[K" + String(repeating: "#", count: 15)))
    #expect(!screen.text.contains("\n"))
    progress.note("done")
    #expect(screen.text.contains("\r\u{1B}[Kdone\n\r\u{1B}[K###"))
    progress.finish()
    #expect(screen.text.hasSuffix("\r\u{1B}[K"))
    let length = screen.text.count
    screen.time = 100
    progress.update(fraction: 1, label: "late")
    #expect(screen.text.count == length)
  }

  @Test func `a bar that is dropped cleans up after itself`() {
    let screen = Screen()
    do {
      let progress = screen.progress(.bar(plain))
      screen.time = 1
      progress.update(fraction: 2, label: "")
      progress.update(fraction: .nan, label: "")
    }
    #expect(screen.text.hasSuffix("\r\u{1B}[K"))
  }

  @Test func `quiet progress is silent`() {
    let screen = Screen()
    let progress = screen.progress(.none)
    screen.time = 100
    progress.update(fraction: 0.5, label: "epoch")
    progress.note("note")
    progress.finish()
    #expect(screen.text.isEmpty)
  }

  @Test(arguments: [1, 2, 10, 20, 40, 80, 300]) func `the bar never fills its line`(width: Int) {
    for unicode in [false, true] {
      let terminal = Terminal(color: .none, unicode: unicode, width: width)
      for fraction in [0, 0.001, 0.5, 0.999, 1] {
        #expect(ProgressBar.line(terminal, fraction, "  50 %  epoch 1  0:10 left").count < width)
      }
    }
  }
}

@Suite struct ConsoleTerminalTests {
  @Test func `color needs a terminal that is not dumb, and no NO_COLOR`() {
    func color(_ isTerminal: Bool, _ environment: [String: String]) -> Terminal.Color {
      Terminal(isTerminal: isTerminal, width: nil, environment: environment).color
    }
    #expect(color(true, ["TERM": "xterm"]) == .indexed)
    #expect(color(true, ["TERM": "xterm", "COLORTERM": "truecolor"]) == .full)
    #expect(color(true, ["NO_COLOR": ""]) == .indexed)
    #expect(color(true, ["NO_COLOR": "1", "COLORTERM": "truecolor"]) == .none)
    #expect(color(true, ["TERM": "dumb"]) == .none)
    #expect(color(false, ["TERM": "xterm"]) == .none)
  }

  @Test func `block characters need a UTF-8 locale`() {
    func unicode(_ environment: [String: String]) -> Bool {
      Terminal(isTerminal: true, width: nil, environment: environment).unicode
    }
    #expect(unicode(["LANG": "de_DE.UTF-8"]))
    #expect(unicode(["LC_CTYPE": "C.utf8", "LANG": "C"]))
    #expect(!unicode(["LC_ALL": "C", "LANG": "de_DE.UTF-8"]))
    #expect(!unicode([:]))
  }

  @Test func `styles vanish without color`() {
    #expect(plain.bold("7") == "7")
    #expect(Terminal(color: .indexed, unicode: true).bold("7") == "\u{1B}[1m7\u{1B}[0m")
  }

  @Test func `a picture in ASCII is two characters for a pixel`() {
    #expect(plain.picture([0, 255, 128, 26], width: 2) == "  @@\n++..\n")
    #expect(plain.picture([1, 2, 3], width: 2) == "    \n")
    #expect(plain.picture([], width: 2) == "")
    #expect(plain.picture([1], width: 0) == "")
    #expect(plain.picture([1], width: 2) == "")
  }

  @Test func `a picture in color is two rows in one, and ends each line clean`() {
    let full = Terminal(color: .full, unicode: true)
    let expected =
      "\u{1B}[38;2;0;0;0;48;2;9;9;9m▀\u{1B}[38;2;255;255;255;48;2;9;9;9m▀\u{1B}[0m\n"
      + "\u{1B}[38;2;5;5;5m▀▀\u{1B}[0m\n"
    #expect(full.picture([0, 255, 9, 9, 5, 5], width: 2) == expected)
    let pixels = (0...255).map { UInt8($0) }
    let gray = Terminal(color: .indexed, unicode: true).picture(pixels, width: 256)
    #expect(gray.contains("38;5;16m") && gray.contains("38;5;231m"))
    #expect(gray.contains("38;5;232m") && gray.contains("38;5;255m"))
    #expect(!gray.contains("38;5;256m"))
  }

  @Test func `bars are as long as their values`() {
    #expect(plain.bar(0.5, length: 10) == "#####")
    #expect(plain.bar(2, length: 3) == "###")
    #expect(plain.bar(.nan, length: 3) == "" && plain.bar(-1, length: 3) == "")
    let blocks = Terminal(color: .none, unicode: true)
    #expect(blocks.bar(0.5, length: 3) == "█▌")
    #expect(blocks.bar(1, length: 3) == "███")
    let lines = plain.bars([0.25, 0.75], names: ["0", "1"]).split(separator: "\n")
    #expect(lines[0] == "0   25.00 %  #############")
    #expect(lines[1].filter { $0 == "#" }.count == 38)
  }

  @Test func `a table is aligned and has no trailing spaces`() {
    var table = Table(["chip", "flash", "note"], [.left, .right, .left])
    table.append(["stm32f030f4", "16 KB"])
    table.append(["rp2040", "2 MB", "a\nb", "dropped"])
    let expected =
      "chip         flash  note\nstm32f030f4  16 KB\nrp2040        2 MB  a\\nb\n"
    #expect(table.text == expected)
  }

  @Test func `numbers read the same everywhere`() {
    #expect(NumberText.count(0) == "0")
    #expect(NumberText.count(999) == "999")
    #expect(NumberText.count(-1_000) == "-1,000")
    #expect(NumberText.count(1_234_567) == "1,234,567")
    #expect(NumberText.count(Int.min) == "-9,223,372,036,854,775,808")
    #expect(NumberText.bytes(1023) == "1023 B")
    #expect(NumberText.bytes(16 << 10) == "16 KB")
    #expect(NumberText.bytes(102_500) == "100.1 KB")
    #expect(NumberText.bytes(2 << 20) == "2 MB")
    #expect(NumberText.percent(0.98765) == "98.77 %" || NumberText.percent(0.98765) == "98.76 %")
    #expect(NumberText.percent(1) == "100.00 %")
    #expect(NumberText.fixed(-0.125, decimals: 2) == "-0.12")
    #expect(NumberText.duration(seconds: 7.4) == "0:07")
    #expect(NumberText.duration(seconds: 754) == "12:34")
    #expect(NumberText.duration(seconds: 3723) == "1:02:03")
    #expect(NumberText.duration(seconds: .infinity) == "?")
    #expect(NumberText.duration(seconds: -1) == "?")
  }
}

@Suite struct ConsoleOutputTests {
  private struct Result: Encodable {
    let zeta: [Int]
    let alpha: Double
    let path: String
  }

  @Test func `JSON is sorted, pretty and one object`() throws {
    let text = try JSONOutput.text(Result(zeta: [1, 2], alpha: 0.9843, path: "a/b\n"))
    #expect(text.hasPrefix("{\n  \"alpha\" : 0.9843,\n  \"path\" : \"a/b\\n\",\n  \"zeta\""))
    #expect(text.hasSuffix("}\n"))
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    #expect(object?.count == 3)
  }

  @Test func `a number that JSON does not have is a failure`() {
    #expect(throws: Failure.self) {
      try JSONOutput.text(Result(zeta: [], alpha: .nan, path: ""))
    }
  }

  @Test func `a failure is one line whatever it names`() {
    let failure = Failure(.noInput, "a\nb\r\t\u{1B}[2J\u{202E}\u{2028}é.pgm: no such file")
    #expect(
      failure.description == "a\\nb\\r\\t\\u001b[2J\\u202e\\u2028é.pgm: no such file")
  }

  @Test func `exit codes are those of sysexits`() {
    #expect(
      ExitCode.allCases.map(\.rawValue) == [
        0, 64, 65, 66, 69, 73, 74, 129, 130, 131, 143,
      ])
  }

  @Test func `writing to a descriptor that is not open is an error`() {
    let problem = [UInt8](repeating: 0, count: 3).withUnsafeBytes { writeFully(-1, $0) }
    #expect(problem == EBADF)
    #expect(reason(ENOENT) == "no such file or directory")
  }
}
