import Board
import Int8Runtime

/// What all boards of a Cortex-M share: its clock, a journal in RAM that a reset leaves alone, and the flash that
/// holds the slots.
package protocol ChipBoard: NodeBoard {
  /// Where the flash of the slots is, never at zero, and how much of it.
  static var flash: (start: UInt, bytes: Int) { get }
  /// Starts clock, line and watchdog.
  init()
  /// A byte that has come, or nil.
  func receive() -> UInt8?
}

extension ChipBoard {
  package static var tickMask: UInt32 { SystemTimer.mask }

  package static func ticks() -> UInt32 { SystemTimer.ticks() }

  /// Not inlined: where a debugger may stop between two stages.
  @inline(never)
  package static func note(_ stage: UInt32) { Journal[NodeCounter.lastStage.rawValue] = stage }

  package func counter(_ counter: NodeCounter) -> UInt32 {
    counter == .stack
      ? UInt32(truncatingIfNeeded: Stack.highWater) : Journal[counter.rawValue]
  }

  package func set(_ counter: NodeCounter, _ value: UInt32) { Journal[counter.rawValue] = value }

  package var contents: RawSpan {
    @_lifetime(borrow self)
    get {
      let start = unsafe UnsafeRawPointer(bitPattern: Self.flash.start)
      // Mapped for good. What is written to it goes by way of this board, which is then not borrowed.
      let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Self.flash.bytes)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }
  }

  /// Whether a page or a word may start there.
  package func check(_ offset: Int, _ bytes: Int) throws(FlashWriteError) {
    let first = slots.start
    let isInside = offset >= first && offset <= first &+ slots.bytes &- bytes
    if !isInside || offset % bytes != 0 { throw .outOfRange }
  }

  /// The address of an offset in flash.
  package func address(_ offset: Int) -> UInt { Self.flash.start &+ UInt(bitPattern: offset) }

  /// That a page reads as erased.
  package func verifyErased(_ offset: Int) throws(FlashWriteError) {
    var cursor = address(offset)
    let end = cursor &+ UInt(bitPattern: pageBytes)
    while cursor < end {
      if word(at: cursor) != 0xFFFF_FFFF { throw .eraseFailed }
      cursor &+= 4
    }
  }

  /// That a word reads as it was programmed.
  package func verify(_ value: UInt32, _ offset: Int) throws(FlashWriteError) {
    if word(at: address(offset)) != value { throw .programFailed }
  }
}

/// Waits until a register has bits, or for so many readings.
///
/// - Returns: whether it has them.
package func wait(_ register: UInt, _ mask: UInt32, _ value: UInt32, readings: Int) -> Bool {
  var left = readings
  while left > 0 {
    if word(at: register) & mask == value { return true }
    left &-= 1
  }
  return false
}
