import Foundation
import Testing

@testable import ReportPage

@Suite("Report")
struct ReportPageTests {
  private func contents() -> ReportContents {
    var contents = ReportContents()
    contents.title = "A <b>network</b> & \"more\""
    contents.facts = [("name", "<script>alert(1)</script>")]
    contents.epochs = (1...3).map { number in
      ReportContents.Epoch(
        number: number, loss: (1 / Double(number), 0), error: (0.1, .nan), isKept: number == 2)
    }
    contents.confusion = (0..<10).map { row in (0..<10).map { $0 == row ? 90 : 0 } }
    contents.digits = Array(repeating: ReportContents.Digit(), count: 10)
    contents.mistakes = [
      ReportContents.Mistake(
        pixels: [UInt8](repeating: 7, count: 784), written: 3, float: 3, int8: 5, confidence: 0.5,
        isUnsure: true)
    ]
    contents.units = (0..<16).map { unit in
      ReportContents.HiddenUnit(
        weights: (0..<100).map { Float($0 % 7) - Float(unit) }, digit: unit % 10)
    }
    contents.comparison = [("right", "1", "2")]
    contents.coverage = [
      ReportContents.Coverage(confidence: 0, answered: 1, wrong: 3, error: 0.003, isLimit: false),
      ReportContents.Coverage(confidence: 1, answered: 0, wrong: 0, error: 0, isLimit: true),
    ]
    contents.devices = [
      ReportContents.Device(title: "chip", core: "core", flash: (9, 8), ram: (1, 2))
    ]
    return contents
  }

  @Test("text is text on the page, whatever is in it")
  func escaped() {
    let page = ReportPage(contents()).html
    #expect(!page.contains("<script") && !page.contains("<b>network"))
    #expect(page.contains("A &lt;b&gt;network&lt;/b&gt; &amp; &quot;more&quot;"))
  }

  @Test("the page needs nothing from anywhere")
  func selfContained() {
    let page = ReportPage(contents()).html
    #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("<link"))
    #expect(!page.contains("url(") || page.contains("url(data:image/png;base64,"))
    #expect(page.contains("default-src 'none'"))
  }

  @Test("figures that are no numbers and empty runs leave a page without NaN")
  func finite() {
    for page in [ReportPage(contents()).html, ReportPage(ReportContents()).html] {
      #expect(!page.lowercased().contains("\"nan") && !page.contains("inf "))
      #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    }
    #expect(!ReportPage(ReportContents()).html.contains("<section>"))
  }

  @Test("an answer that is wrong is marked, and an unsure one too")
  func mistakes() {
    let page = ReportPage(contents()).html
    #expect(page.contains("float <i class=\"right\">3</i>"))
    #expect(page.contains("int8 <i class=\"wrong\">5</i>") && page.contains("50 %, unsure"))
    #expect(page.contains("too large"))
  }

  @Test("the checksum of a zlib stream is that of RFC 1950")
  func adler() {
    // Worked by hand in many places: "Wikipedia" gives 11E60398.
    #expect(PNG.adler32(Array("Wikipedia".utf8)) == 0x11E6_0398)
    #expect(PNG.adler32([]) == 1)
  }

  @Test(
    "stored blocks hold everything, split where one is full",
    arguments: [0, 1, 65535, 65536, 140_000])
  func stored(count: Int) {
    let data = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let stream = PNG.stored(data)
    var rest = stream.dropFirst(2).dropLast(4)
    var unpacked: [UInt8] = []
    var isLast = false
    while !isLast, rest.count >= 5 {
      let head = Array(rest.prefix(5))
      isLast = head[0] == 1
      let length = Int(head[1]) + 256 * Int(head[2])
      #expect(head[1] ^ head[3] == 255 && head[2] ^ head[4] == 255)
      unpacked += rest.dropFirst(5).prefix(length)
      rest = rest.dropFirst(5 + length)
    }
    #expect(isLast && rest.isEmpty && unpacked == data)
  }

  @Test("a logarithmic axis begins and ends on round numbers around its values")
  func axis() {
    let axis = Axis(logarithmic: [0.013, 0.3, 0, .nan])
    #expect(axis.range == 0.01...0.5)
    #expect(axis.marks == [0.01, 0.02, 0.05, 0.1, 0.2, 0.5])
    #expect(axis.position(0.01) == 0 && abs(axis.position(0.5) - 1) < 1e-12)
    #expect(Axis(whole: 1...1).position(1) == 0)
  }
}
