// Reset, the vector table and faults of a Cortex-M (ARM DDI 0403, B1.5). Where no Swift can be spoken,
// before there is a stack or to raise a breakpoint, machine code stands as numbers.

import Board

@_extern(c, "__fault_entry") func faultEntry()

/// Initial stack pointer, reset, NMI, hard fault. Other faults are not enabled and become hard ones;
/// no interrupt is enabled.
@section(".vectors") @used
let vectorTable: (Handler, Handler, Handler, Handler) = (
  stackTop, resetHandler, faultEntry, faultEntry
)

/// `bkpt 0xAB; bx lr`.
@section(".text.semihosting") @used
let semihostingCode: (UInt16, UInt16) = (0xBEAB, 0x4770)

/// `mov r0, sp; ldr r1, [pc, #8]; mov sp, r1; ldr r1, [pc, #8]; bx r1; nop`, and the two words they
/// load: a fault may come because the stack is used up, so its handler starts with an empty one.
@section(".text.fault") @used
let faultCode: (UInt16, UInt16, UInt16, UInt16, UInt16, UInt16, Handler, FaultHandler) = (
  0x4668, 0x4902, 0x468D, 0x4902, 0x4708, 0xBF00, stackTop, faultHandler
)

typealias FaultHandler = @convention(c) (UInt) -> Void

@c(resetHandler)
func resetHandler() {
  enableVectors()
  Memory.initialize()
  Stack.paintUnused()
  firmwareMain()
}
