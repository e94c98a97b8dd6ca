// The debugger's channel to the host, as Arm's "Semihosting for AArch32 and AArch64" and RISC-V's
// "Semihosting" define it; QEMU plays the debugger. A call is a breakpoint with an operation and an
// argument in the first two registers; the machine code of it is in each family's startup file.

@_extern(c, "__semihosting_call")
private func semihostingCall(_ operation: Int, _ argument: UInt) -> Int

/// What the host does for the firmware: a console, files to read, and the exit code.
package enum Host {
  /// Prints a literal.
  package static func print(_ text: StaticString) {
    // SYS_WRITE0 wants a C string, which a literal's storage is.
    _ = unsafe semihostingCall(0x04, UInt(bitPattern: text.utf8Start))
  }

  /// Prints a decimal number.
  package static func print(_ value: Int) {
    // Ten digits, a sign, and the zero that ends it.
    var text = InlineArray<12, UInt8>(repeating: 0)
    var start = text.count &- 1
    var rest = value.magnitude
    repeat {
      start &-= 1
      text[start] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 {
      start &-= 1
      text[start] = 45
    }
    text.span.bytes.withUnsafeBytes { text in
      // Inside the text: `start` is below its length.
      _ = semihostingCall(0x04, UInt(bitPattern: text.baseAddress) &+ UInt(bitPattern: start))
    }
  }

  /// Ends the emulation with an exit code.
  package static func exit(_ code: Int) -> Never {
    // SYS_EXIT_EXTENDED with ADP_Stopped_ApplicationExit.
    _ = call(0x20, 0x20026, UInt(bitPattern: code))
    while true {}
  }

  /// Puts the command line into `buffer`, ended by a zero.
  /// - Returns: whether it fits.
  package static func commandLine(into buffer: inout MutableRawSpan) -> Bool {
    buffer.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return false }
      return call(0x15, UInt(bitPattern: start), UInt(bitPattern: buffer.count)) == 0
    }
  }

  @inline(never)
  fileprivate static func call(_ operation: Int, _ a: UInt, _ b: UInt, _ c: UInt = 0) -> Int {
    var arguments = (a, b, c)
    // The block of arguments outlives the call, which is over when the breakpoint returns.
    return unsafe withUnsafePointer(to: &arguments) { block in
      semihostingCall(operation, UInt(bitPattern: block))
    }
  }
}

/// A file of the host, open for reading.
package struct HostFile {
  private let handle: UInt

  /// Opens the file that a command line names behind the program's name, up to the zero at its end.
  package init?(secondWordOf line: RawSpan) {
    let handle = line.withUnsafeBytes { line in
      var start = 0
      while start < line.count && line[start] > 32 { start &+= 1 }
      start &+= 1
      var end = start
      while end < line.count && line[end] != 0 { end &+= 1 }
      guard end > start, let name = line.baseAddress else { return -1 }
      // Mode 1 is "rb"; the name lies inside the line.
      return unsafe Host.call(
        0x01, UInt(bitPattern: name + start), 1, UInt(bitPattern: end &- start))
    }
    if handle < 0 { return nil }
    self.handle = UInt(bitPattern: handle)
  }

  /// Reads `count` bytes to the start of `buffer`, which must have the room.
  /// - Returns: whether there were as many.
  package func read(_ count: Int, into buffer: inout MutableRawSpan) -> Bool {
    precondition(count <= buffer.byteCount)
    return buffer.withUnsafeMutableBytes { buffer in
      // SYS_READ returns how many bytes are missing.
      Host.call(0x06, handle, UInt(bitPattern: buffer.baseAddress), UInt(bitPattern: count)) == 0
    }
  }

  /// The next byte, or nil at the end.
  package func next() -> UInt8? {
    var byte: UInt8 = 0
    let missing = unsafe withUnsafeMutablePointer(to: &byte) { byte in
      Host.call(0x06, handle, UInt(bitPattern: byte), 1)
    }
    return missing == 0 ? byte : nil
  }
}
