// Words of RAM that startup does not clear: a reset leaves them as they are, and power does not.

@_extern(c, "__journal") private func journalStart()

/// What has happened since power came, as far as RAM remembers.
package enum Journal {
  /// What the program was about when it was reset.
  package enum Parting: UInt32 {
    /// Its work: the reset was not announced, so the watchdog or somebody outside has made it.
    case none = 0x0B0A_7001
    /// A fault of the processor.
    case fault = 0x0B0A_7002
    /// It was asked to start again.
    case restart = 0x0B0A_7003
  }

  /// Counters that there is room for.
  package static let count = 8
  /// "JRNL" as a little-endian number: power was not away.
  private static let mark: UInt32 = 0x4C4E_524A

  private static func place(_ index: Int) -> UInt {
    address(journalStart) &+ UInt(bitPattern: index) &* 4
  }

  /// Counts a start, and why it came to it. Runs first.
  package static func open() {
    if word(at: place(0)) != mark {
      for index in 1..<count &+ 2 { setWord(at: place(index), 0) }
      setWord(at: place(0), mark)
    } else if word(at: place(1)) == Parting.none.rawValue {
      self[1] &+= 1
    } else if word(at: place(1)) == Parting.fault.rawValue {
      self[2] &+= 1
    }
    self[0] &+= 1
    leave(.none)
  }

  /// Leaves word of why a reset is coming.
  package static func leave(_ parting: Parting) { setWord(at: place(1), parting.rawValue) }

  /// A counter: 0 starts, 1 of them unannounced, 2 after faults, and what the program counts itself.
  package static subscript(index: Int) -> UInt32 {
    get { index >= 0 && index < count ? word(at: place(index &+ 2)) : 0 }
    set { if index >= 0 && index < count { setWord(at: place(index &+ 2), newValue) } }
  }
}

/// The chip's reset.
package enum Reset {
  /// Asks for it, with the key that the register wants (ARM DDI 0403, B3.2.6), and waits.
  package static func now() -> Never {
    setWord(at: 0xE000_ED0C, 0x05FA_0004)
    while true {}
  }
}
