// What Embedded Swift calls for memory. Blocks are powers of two; those given back wait in a list for each
// size, and nothing else is ever reused.

/// The first block of each list; a block's first word is the next one's address.
nonisolated(unsafe) private var lists = InlineArray<64, UInt>(repeating: 0)
/// Where memory begins that was never given out.
nonisolated(unsafe) private var unused: UInt = 0

/// A block starts with its size, as a power of two, and what is handed out follows this much later.
private let lead: UInt = 64

private func word(_ offset: UInt) -> UnsafeMutablePointer<UInt> {
  // An address between the two that the linker script gives, or nil, which traps.
  unsafe UnsafeMutablePointer<UInt>(bitPattern: offset).unsafelyUnwrapped
}

@c(posix_memalign)
func positionedMemory(
  _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: UInt, _ size: UInt
) -> Int32 {
  if alignment > lead { return 22 }  // EINVAL
  let power = UInt.bitWidth &- (size &+ lead &- 1).leadingZeroBitCount
  if unused == 0 { unused = address(heapStart) }
  var block = lists[power]
  if block != 0 {
    lists[power] = unsafe word(block).pointee
  } else {
    block = unused
    unused &+= 1 &<< UInt(power)
    if unused > address(heapEnd) { stop("out of memory\n", ExitCode.outOfMemory) }
  }
  unsafe word(block &+ 8).pointee = UInt(power)
  unsafe result.pointee = UnsafeMutableRawPointer(bitPattern: block &+ lead)
  return 0
}

/// What is called `free`: the compiler keeps that name to itself, so the linker script gives it.
@c(giveBack)
func giveBack(_ offset: UnsafeMutableRawPointer?) {
  guard let offset = unsafe offset else { return }
  let block = UInt(bitPattern: offset) &- lead
  let power = unsafe Int(bitPattern: word(block &+ 8).pointee)
  unsafe word(block).pointee = lists[power]
  lists[power] = block
}
