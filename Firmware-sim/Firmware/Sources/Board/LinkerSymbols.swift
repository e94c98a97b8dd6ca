// Addresses that the linker script defines. C declares such symbols as arrays; here they are functions
// that nobody calls, because a function's address is a constant that may stand in the vector table.

package typealias Handler = @convention(c) () -> Void

@_extern(c, "__flash_image_start") package func flashImageStart()
@_extern(c, "__flash_image_end") package func flashImageEnd()
@_extern(c, "__stack_bottom") package func stackBottom()
@_extern(c, "__stack_top") package func stackTop()
@_extern(c, "__data_start") package func dataStart()
@_extern(c, "__data_end") package func dataEnd()
@_extern(c, "__data_load") package func dataLoad()
@_extern(c, "__bss_start") package func bssStart()
@_extern(c, "__bss_end") package func bssEnd()
@_extern(c, "__arena_start") package func arenaStart()
@_extern(c, "__arena_end") package func arenaEnd()

/// The address of a symbol. (Those of the linker script have no Thumb bit.)
@inline(__always)
package func address(_ symbol: Handler) -> UInt { unsafe unsafeBitCast(symbol, to: UInt.self) }
