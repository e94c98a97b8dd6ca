import Device
import Int8Runtime

/// What a node needs of a board, on this machine: flash whose power can fail, a line whose bytes are kept,
/// and a clock in microseconds that stands still unless it is told to go on.
struct SimulatedBoard: NodeBoard, Sendable {
  let slots: Slots
  var flash: SimulatedFlash
  var line = HostLine()
  private(set) var fed = 0
  private var counters = [UInt32](repeating: 0, count: NodeCounter.damagedRounds.rawValue + 1)

  init(_ slots: Slots, _ flash: SimulatedFlash) {
    self.slots = slots
    self.flash = flash
  }

  var pageBytes: Int { slots.pageBytes }
  var ticksPerSecond: UInt32 { 1_000_000 }
  static var tickMask: UInt32 { .max }
  static func ticks() -> UInt32 { 0 }
  static func note(_ stage: UInt32) {}

  var contents: RawSpan {
    @_lifetime(borrow self)
    get { flash.contents }
  }
  mutating func erase(page offset: Int) throws(FlashWriteError) { try flash.erase(page: offset) }
  mutating func program(_ word: UInt32, at offset: Int) throws(FlashWriteError) {
    try flash.program(word, at: offset)
  }
  mutating func send(_ byte: UInt8) { line.send(byte) }
  mutating func feedWatchdog() { fed += 1 }
  func counter(_ counter: NodeCounter) -> UInt32 {
    counter.rawValue < counters.count ? counters[counter.rawValue] : 0
  }
  mutating func set(_ counter: NodeCounter, _ value: UInt32) {
    counters[counter.rawValue] = value
  }
}

/// The firmware's own ``Node`` on a simulated board.
struct SimulatedNode: Sendable {
  /// Microseconds for each byte: ten bits at 115,200 a second.
  static let byteTime: UInt32 = 87
  var board: SimulatedBoard
  private var node: Node
  private var memory: [UInt8]
  private var now: UInt32 = 0
  /// Whether the node has asked for a reset, and got none.
  private(set) var wantsRestart = false

  /// Boots.
  init(_ slots: Slots, _ flash: SimulatedFlash, ramBytes: Int = 8192) {
    var board = SimulatedBoard(slots, flash)
    var memory = [UInt8](repeating: 0, count: ramBytes)
    var span = memory.mutableSpan
    var bytes = unsafe span.mutableBytes
    node = Node(booting: &board, memory: &bytes)
    self.board = board
    self.memory = memory
  }

  /// What the flash holds.
  var flash: SimulatedFlash { board.flash }
  /// The slot that was booted.
  var slot: Slots.Slot? { node.slot }
  /// How often its watchdog was fed.
  var fed: Int { board.fed }

  /// Takes bytes as they arrive, and gives back what it sends.
  mutating func take(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    for byte in bytes { turn(byte, SimulatedNode.byteTime) }
    return board.line.take()
  }

  /// Waits so many microseconds without a byte.
  mutating func wait(_ microseconds: UInt32) -> [UInt8] {
    turn(nil, microseconds)
    return board.line.take()
  }

  private mutating func turn(_ byte: UInt8?, _ time: UInt32) {
    now &+= time
    // Taken out, so that it can be written while node and board are.
    var memory: [UInt8] = []
    swap(&memory, &self.memory)
    var span = memory.mutableSpan
    var bytes = unsafe span.mutableBytes
    if node.turn(byte, at: now, &bytes, &board) == .restart { wantsRestart = true }
    self.memory = memory
  }
}
