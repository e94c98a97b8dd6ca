// Reset and traps of an RV32 core in machine mode (RISC-V Privileged Architecture, 3.1). Where no Swift
// can be spoken, before there is a stack or to read a register of the core, machine code stands as
// numbers. Words that follow code are addresses that it loads.

import Board

typealias TrapHandler = @convention(c) (UInt) -> Void

@_extern(c, "__trap_entry") func trapEntry()

/// `auipc t0, 0; lw sp, 24(t0); lw t1, 28(t0); csrw mtvec, t1; lw t1, 32(t0); jr t1`: the stack, the
/// trap handler, then Swift.
@section(".text.start") @used
let startCode: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, Handler, Handler, Handler) = (
  0x0000_0297, 0x0182_A103, 0x01C2_A303, 0x3053_1073, 0x0202_A303, 0x0003_0067,
  stackTop, trapEntry, resetHandler
)

/// `auipc t0, 0; lw sp, 20(t0); csrr a0, mepc; lw t1, 24(t0); jr t1`: a trap may come because the stack
/// is used up, so its handler starts with an empty one.
@section(".text.trap") @used
let trapCode: (UInt32, UInt32, UInt32, UInt32, UInt32, Handler, TrapHandler) = (
  0x0000_0297, 0x0142_A103, 0x3410_2573, 0x0182_A303, 0x0003_0067, stackTop, trapHandler
)

/// `slli zero, zero, 31; ebreak; srai zero, zero, 7; ret`: the sequence that means semihosting.
@section(".text.semihosting") @used
let semihostingCode: (UInt32, UInt32, UInt32, UInt32) = (
  0x01F0_1013, 0x0010_0073, 0x4070_5013, 0x0000_8067
)

/// `csrr a0, minstret; ret`.
@section(".text.instructions") @used
let instructionsCode: (UInt32, UInt32) = (0xB020_2573, 0x0000_8067)

@c(resetHandler)
func resetHandler() {
  Memory.initialize()
  Stack.paintUnused()
  firmwareMain()
}

@c(trapHandler)
func trapHandler(_ programCounter: UInt) {
  Host.print("fault pc=")
  Host.print(Int(bitPattern: programCounter))
  stop("\n", ExitCode.fault)
}
