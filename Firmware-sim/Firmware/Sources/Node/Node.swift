import Board
import Drivers
import Int8Runtime
import NodeHardware

/// Reads digits at the end of a wire: everything that it does is `Int8Runtime.Node`.
@main
struct Firmware {
  static func main() {
    Journal.open()
    var board = ThisBoard()
    var memory = Memory.arena(Memory.arenaBytes)
    var node = Node(booting: &board, memory: &memory)
    var clock = LongClock()
    while node.turn(board.receive(), at: clock.now(), &memory, &board) == .goOn {}
    // The end of the answer is still on its way: at 115,200 baud 5 ms are 57 bytes.
    let start = clock.now()
    while clock.now() &- start < board.ticksPerSecond / 200 {}
    Journal.leave(.restart)
    Reset.now()
  }
}
