import Int8Runtime
import Testing

@testable import Digits

@Suite("Names of classes, in data sets and in model images")
struct ClassNameRuleTests {
  @Test("a name that a data set may have is one that an image may have, and the reverse")
  func sameRule() {
    let names = [
      "a", "T-shirt/top", "日本", "é", "\u{1F469}", "", "\u{7F}", "\u{85}", "a\u{200D}b", "\u{202E}x",
      "\u{2028}", "\u{2029}", "\u{E000}", "\u{10FF41}", "\u{378}", "\u{FEFF}a", "a b", "\t",
      String(repeating: "x", count: 32), String(repeating: "x", count: 33),
      String(repeating: "ä", count: 16), String(repeating: "ä", count: 17),
    ]
    for name in names {
      let isRead = (try? ClassNames.check([name, "other"], file: "set")) != nil
      #expect(isRead == ModelImage.isName(name), "\(name.debugDescription)")
    }
  }
}
