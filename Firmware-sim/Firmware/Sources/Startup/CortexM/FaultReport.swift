// What becomes of a fault where a debugger listens.

import Board

/// Says where: the stacked program counter is the seventh word of the exception frame, unless the
/// frame itself did not fit the stack.
@c(faultHandler)
func faultHandler(_ frame: UInt) {
  if frame < address(stackBottom) {
    Host.print("fault=stack-overflow\n")
  } else {
    Host.print("fault pc=")
    Host.print(Int(bitPattern: UInt(word(at: frame &+ 24))))
    Host.print("\n")
  }
  Host.exit(ExitCode.fault)
}
