import Device
import Int8Runtime

extension ModelImage {
  /// What the image is and which chips it is for, as a JSON object. Names in it are printable, as is proven when an
  /// image is opened.
  package var report: String {
    var fields: [(String, String)] = [
      ("bytes", "\(bytes.byteCount)"), ("side", "\(shape.inputSpec.side)"),
      ("deskew", shape.inputSpec.deskew ? "true" : "false"),
      ("hidden", "\(shape.hidden)"), ("activation", "\(shape.activation.rawValue)"),
      ("zeroPoint", "\(byte(Header.activationZeroPoint))"),
      ("testCount", "\(unsigned(Header.testCount))"),
      ("testCorrect", "\(unsigned(Header.testCorrect))"),
      ("trainCount", "\(unsigned(Header.trainCount))"), ("epochs", "\(unsigned(Header.epochs))"),
      ("dataset", quoted(text(from: Header.dataset, to: Header.recipe))),
      ("recipe", quoted(text(from: Header.recipe, to: Header.headerChecksum))),
    ]
    fields.append(("classes", "[" + joined(classNames.map(quoted)) + "]"))
    var chips: [String] = []
    for profile in Profile.all { chips.append(chip(profile)) }
    fields.append(("chips", "[" + joined(chips) + "]"))
    return object(fields)
  }

  /// A chip, and what the image takes of its memories.
  private func chip(_ profile: Profile) -> String {
    let budget = MemoryBudget(shape, imageBytes: bytes.byteCount, core: profile.core)
    return object([
      ("name", quoted(profile.name)), ("title", quoted(profile.title)),
      ("core", quoted(profile.core.displayName)), ("clock", "\(profile.clockHertz)"),
      ("flash", "\(profile.flashBytes)"), ("ram", "\(profile.ramBytes)"),
      ("flashUsed", "\(budget.flashBytes)"), ("ramUsed", "\(budget.ramBytes)"),
    ])
  }

  /// The instructions that a picture is estimated to take on each chip, in the order of ``report``.
  package func instructions(_ reading: PictureReading) -> [Int] {
    let shape = shape
    return Profile.all.map { profile in
      unsafe InstructionCost.of(profile.core).instructions(
        quads: reading.quads, features: reading.features.span.bytes, shape: shape)
    }
  }

  private func unsigned(_ offset: Int) -> UInt32 { UInt32(bitPattern: word(offset)) }

  /// Printable ASCII up to a zero.
  private func text(from start: Int, to end: Int) -> String {
    let characters = (start..<end).map { byte($0) }.prefix { $0 != 0 }
    return String(decoding: characters, as: UTF8.self)
  }
}

private func joined(_ parts: [String]) -> String {
  var text = ""
  for (index, part) in parts.enumerated() { text += (index == 0 ? "" : ",") + part }
  return text
}

private func object(_ fields: [(String, String)]) -> String {
  "{" + joined(fields.map { quoted($0.0) + ":" + $0.1 }) + "}"
}

/// A string of JSON, of a text without control characters.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { result += "\\" }
    result.unicodeScalars.append(scalar)
  }
  return result + "\""
}
