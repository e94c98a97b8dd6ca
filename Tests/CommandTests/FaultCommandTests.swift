import Foundation
import Testing

/// A picture of a one: a bar.
private let bar: [UInt8] =
  Array("P5 28 28 255\n".utf8)
  + (0..<784).map { (4...23).contains($0 / 28) && (13...15).contains($0 % 28) ? 255 : 0 }

@Suite("infer-sim with faults") struct FaultCommandTests {
  private func inject(_ fault: String) throws -> [String: Any] {
    try withFolder { folder in
      try Data(bar).write(to: URL(fileURLWithPath: folder + "/digit.pgm"))
      let result = try Command.infer.run(["--inject", fault, "digit.pgm", "--json"], in: folder)
      #expect(result.status == 0 && result.error == "", "\(result.error)")
      let results = try #require(try result.json()["results"] as? [[String: Any]])
      return try #require(results.first)
    }
  }

  @Test(
    "each kind of fault is injected and its outcome said",
    arguments: [
      "flash-bits", "flash-bits:size=9", "flash-burst:size=40", "flash-stuck:size=64,value=255",
      "flash-rot:size=3", "frame-cut", "frame-gap", "frame-garbled", "frame-noise", "frame-late",
      "frame-repeated", "brown-out", "brown-out:at=3", "hang", "update-cut", "update-cut:at=100",
      "stuck-1:at=9000",
    ])
  func detected(fault: String) throws {
    let result = try inject(fault)
    #expect(result["fault"] as? String == fault)
    #expect(result["detected"] is String)
    #expect(result["answer"] is String)
  }

  @Test(
    "a flip in memory is the same one each time, and with every countermeasure the digit is right or unsure",
    arguments: [
      "picture", "features", "list", "sums", "activations", "logits", "pairs", "next", "output",
    ])
  func memory(target: String) throws {
    for offset in 0..<3 {
      let result = try inject("\(target):at=\(offset)")
      let answer = try #require(result["answer"] as? String)
      let expected = try #require(result["expected"] as? Int)
      #expect(["\(expected)", "unsure", "nothing"].contains(answer))
      #expect(try inject("\(target):at=\(offset)")["answer"] as? String == answer)
    }
  }

  @Test(
    "faults that are none are refused in one line, with exit code 64",
    arguments: [
      "gremlins", "", ":", "sums:", "sums:at", "sums:at=-1", "sums:at=x", "flash-bits:size=0",
      "flash-bits:size=99999", "flash-stuck:value=256", "sums:countermeasures=hope",
      "sums:at=1,at=2",
      "frame-none", "frame-none2", "sums:color=red",
      "stuck", "stuck-2", "stuck-1:at=-1",
    ])
  func unknown(fault: String) throws {
    try expectRefusal(Command.infer, ["--inject", fault, "digit.pgm"], status: 64)
  }

  @Test("a fault needs a picture to happen to")
  func noPicture() throws {
    try expectRefusal(Command.infer, ["--inject", "hang"], status: 64)
    try expectRefusal(Command.infer, ["--plot", "flips.svg", "digit.pgm"], status: 64)
    try expectRefusal(Command.infer, ["--inject", "hang", "no.pgm"], status: 66)
  }

  @Test("the report says what came of every kind of fault, and draws accuracy against flips")
  func report() throws {
    try withFolder { folder in
      let arguments = ["--fault-report", "--faults", "300", "--json", "--plot", "flips.svg"]
      let result = try Command.infer.run(arguments, in: folder)
      #expect(result.status == 0, "\(result.error)")
      let report = try result.json()
      for row in try #require(report["flash"] as? [[String: Any]]) {
        #expect(row["tried"] as? Int == row["refused"] as? Int)
      }
      let power = try #require(report["power"] as? [String: Int])
      #expect(power["neither"] == 0 && power["stranded"] == 0)
      let memory = try #require(report["memory"] as? [[String: Any]])
      let all = try #require(memory.first { $0["countermeasures"] as? String == "all" })
      #expect(all["wrong"] as? Int == 0 && all["faults"] as? Int == 300)
      let svg = try String(contentsOfFile: folder + "/flips.svg", encoding: .utf8)
      #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n"))
      let parser = XMLCheck(svg)
      #expect(parser.isBalanced)
      #expect(try files(folder) == ["flips.svg"])
    }
  }

  @Test("a plot that cannot be written is refused before the work, with exit code 73")
  func noFolder() throws {
    try expectRefusal(
      Command.infer, ["--fault-report", "--plot", "nowhere/flips.svg"], status: 73)
  }

  @Test("a long run ends with everything as it was")
  func longRun() throws {
    try withFolder { folder in
      let result = try Command.infer.run(["--long-run", "5000", "--json"], in: folder)
      #expect(result.status == 0, "\(result.error)")
      let tally = try result.json()
      #expect(tally["inferences"] as? Int == 5000 && tally["fed"] as? Int == 5000)
      #expect(tally["drifted"] as? Int == 0 && tally["missed"] as? Int == 0)
    }
  }
}

/// Whether every element of a text is closed, in order.
private struct XMLCheck {
  let isBalanced: Bool

  init(_ text: String) {
    var open: [String] = []
    var balanced = true
    for part in text.split(separator: "<").dropFirst(text.hasPrefix("<") ? 0 : 1) {
      guard let end = part.firstIndex(of: ">") else {
        balanced = false
        break
      }
      let tag = part[..<end]
      if tag.hasPrefix("/") {
        balanced = balanced && open.popLast() == String(tag.dropFirst())
      } else if !tag.hasSuffix("/") {
        open.append(String(tag.prefix { $0 != " " && $0 != "\n" }))
      }
    }
    isBalanced = balanced && open.isEmpty
  }
}
