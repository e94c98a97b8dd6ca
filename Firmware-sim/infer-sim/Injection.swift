import CommandLineSupport
import Device
import FaultLab
import Int8Runtime

/// One fault to inject, as `--inject` names it: `KIND[:option=value,...]`.
struct Injection: Sendable {
  /// What is damaged.
  enum Kind: Sendable, Equatable {
    case memory(MemoryTarget, bits: Int)
    case stuck(Bool)
    case flash(FlashTrials.Damage)
    case rot(Int)
    case frame(SerialLink.Damage)
    case stop(StopTrials.Stop)
    case update
  }

  let text: String
  let kind: Kind
  var countermeasures = Countermeasures.all
  /// The step, the write, or the bit of the arena at which it happens; chosen by the seed if none is
  /// given.
  var offset: Int?

  static let help = """
    One fault while a picture is read: flash-bits, flash-burst, flash-stuck, flash-rot, \
    frame-cut, -gap, -garbled, -noise, -late, -repeated, brown-out, hang, update-cut, a cell of SRAM \
    for good stuck-0 or stuck-1, or once in SRAM \
    \(MemoryTarget.allCases.map(\.rawValue).joined(separator: ", ")); \
    options size=N, value=0...255, at=N, countermeasures=NAME+NAME of \
    \(FaultReport.Guard.all.map(\.name).joined(separator: ", ")).
    """

  static let reader = ValueReader<Injection>(
    placeholder: "KIND[:OPTION=VALUE,...]",
    expectation: "a fault as --help lists them, such as activations or flash-bits:size=2",
    show: { $0.text }, read: { Injection($0) })

  init?(_ text: String) {
    self.text = text
    let parts = text.lowercased().split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    var options: [String: String] = [:]
    if parts.count == 2 {
      for option in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
        guard pair.count == 2, options.updateValue(pair[1], forKey: pair[0]) == nil else {
          return nil
        }
      }
    }
    guard Set(options.keys).isSubset(of: ["size", "value", "at", "countermeasures"]),
      let size = Injection.number(options["size"], 1...1024, else: 1),
      let value = Injection.number(options["value"], 0...255, else: 0),
      let kind = Injection.kind(String(parts[0]), size, UInt8(value))
    else { return nil }
    self.kind = kind
    if let at = options["at"] {
      guard let offset = Int(at), offset >= 0 else { return nil }
      self.offset = offset
    }
    if let names = options["countermeasures"] {
      guard let countermeasures = Injection.countermeasures(names) else { return nil }
      self.countermeasures = countermeasures
    }
  }

  private static func number(_ text: String?, _ range: ClosedRange<Int>, else other: Int) -> Int? {
    guard let text else { return other }
    guard let number = Int(text), range.contains(number) else { return nil }
    return number
  }

  private static func kind(_ name: String, _ size: Int, _ value: UInt8) -> Kind? {
    if let target = MemoryTarget(rawValue: name) { return .memory(target, bits: min(size, 32)) }
    if name.hasPrefix("frame-"),
      let damage = SerialLink.Damage(rawValue: String(name.dropFirst(6))), damage != .none
    {
      return .frame(damage)
    }
    switch name {
    case "stuck-0", "stuck-1": return .stuck(name == "stuck-1")
    case "flash-bits": return .flash(.bits(size))
    case "flash-burst": return .flash(.burst(size))
    case "flash-stuck": return .flash(.stuck(size, value))
    case "flash-rot": return .rot(size)
    case "brown-out": return .stop(.brownOut)
    case "hang": return .stop(.hang)
    case "update-cut": return .update
    default: return nil
    }
  }

  private static func countermeasures(_ names: String) -> Countermeasures? {
    var countermeasures = Countermeasures.none
    for name in names.split(separator: "+", omittingEmptySubsequences: false) {
      guard let each = FaultReport.Guard.all.first(where: { $0.name == name }) else { return nil }
      countermeasures = countermeasures.union(each.countermeasures)
    }
    return countermeasures
  }
}
