// What becomes of a fault where nobody listens.

import Board

/// Starts again, and leaves word of why. Entered with an empty stack.
@c(faultHandler)
func faultHandler(_ frame: UInt) {
  // The number of the exception (ARM DDI 0403, B3.2.4). The second one is the watchdog's warning: the
  // program hangs, and what comes next is the watchdog's reset.
  if word(at: 0xE000_ED04) & 0x1FF == 2 { while true {} }
  Journal.leave(.fault)
  Reset.now()
}
