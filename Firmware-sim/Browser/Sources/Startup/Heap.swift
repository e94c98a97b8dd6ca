// What Embedded Swift calls for memory, behind the program's data. Blocks come in sizes of four steps to a power of
// two; those given back wait in a list for each size. Nothing else is ever reused, so that the same work again takes
// no more memory.

import Builtin

/// The first block of each list; a block's first word is the next one's address.
nonisolated(unsafe) private var lists = InlineArray<128, UInt>(repeating: 0)
/// Where memory begins that was never given out.
nonisolated(unsafe) private var unused: UInt = 0
/// The bytes of blocks that are given out.
nonisolated(unsafe) private var taken: UInt = 0

/// A block starts with the number of its size, and what is handed out follows this much later.
private let lead: UInt = 64

@_extern(c, "__heap_base") func heapBase()

/// The word at an address inside of memory.
@unsafe private func word(_ address: UInt) -> UnsafeMutablePointer<UInt> {
  unsafe UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
}

/// The number of the smallest size that holds so many bytes, and its bytes.
private func size(holding bytes: UInt) -> (number: Int, bytes: UInt) {
  let step = UInt(1) &<< UInt(max(4, UInt.bitWidth &- (bytes &- 1).leadingZeroBitCount &- 3))
  let whole = (bytes &+ step &- 1) & ~(step &- 1)
  return (4 &* step.trailingZeroBitCount &+ Int(whole / step & 3), whole)
}

/// Memory of `count` bytes at a multiple of 64; 12 (ENOMEM) if there is none.
@c(posix_memalign)
public func positionedMemory(
  _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: UInt, _ count: UInt
) -> Int32 {
  if alignment > lead || count > 1 &<< 30 { return 12 }  // ENOMEM
  let size = size(holding: count &+ lead)
  var block = unsafe lists[size.number]
  if block != 0 {
    unsafe lists[size.number] = unsafe word(block).pointee
  } else {
    if unsafe unused == 0 { unsafe unused = (start &+ lead &- 1) & ~(lead &- 1) }
    block = unsafe unused
    let end = block &+ (size.bytes &+ lead &- 1) & ~(lead &- 1)
    if end < block || !grow(to: end) { return 12 }
    unsafe unused = end
  }
  unsafe taken &+= size.bytes
  unsafe word(block &+ 4).pointee = size.bytes
  unsafe result.pointee = UnsafeMutableRawPointer(bitPattern: block &+ lead)
  return 0
}

/// `free`, which the linker's `--wrap` brings here: the compiler keeps that name to itself.
@c(__wrap_free)
public func giveBack(_ memory: UnsafeMutableRawPointer?) {
  guard let memory = unsafe memory else { return }
  // What was handed out stands this far behind its block.
  let block = UInt(bitPattern: memory) &- lead
  let bytes = unsafe word(block &+ 4).pointee
  unsafe taken &-= bytes
  let number = size(holding: bytes).number
  unsafe word(block).pointee = unsafe lists[number]
  unsafe lists[number] = block
}

/// The bytes that are given out.
@_expose(wasm, "takenBytes") @c(takenBytes)
public func takenBytes() -> UInt { unsafe taken }

private var start: UInt {
  unsafe unsafeBitCast(heapBase as @convention(c) () -> Void, to: UInt.self)
}

private func grow(to end: UInt) -> Bool {
  let pages = UInt(bitPattern: Int(Int32(Builtin.int_wasm_memory_size_Int32((0 as Int32)._value))))
  let wanted = (end &+ 65535) &>> 16
  if wanted <= pages { return true }
  let more = Int32(truncatingIfNeeded: wanted &- pages)
  return Int32(Builtin.int_wasm_memory_grow_Int32((0 as Int32)._value, more._value)) >= 0
}
