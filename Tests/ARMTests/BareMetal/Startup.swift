// Reset and exceptions of an AArch64 core at exception level 1, as QEMU's `virt` starts it (Arm Architecture
// Reference Manual, DDI 0487, D1 and D8). Where no Swift can be spoken, before there is a stack or to write a
// register of the core, machine code stands as numbers. Words that follow code are what it loads.

typealias Handler = @convention(c) () -> Void
typealias FaultHandler = @convention(c) (UInt, UInt, UInt) -> Void

@_extern(c, "__stack_top") func stackTop()
@_extern(c, "__translation_table") func translationTable()
@_extern(c, "__exception_vectors") func exceptionVectors()
@_extern(c, "__heap_start") func heapStart()
@_extern(c, "__heap_end") func heapEnd()

/// The address of a symbol.
func address(_ symbol: Handler) -> UInt { unsafe unsafeBitCast(symbol, to: UInt.self) }

/// Sets the stack, lets vector instructions through (CPACR_EL1), maps memory, and goes on in Swift. Memory
/// is mapped because without it every access to memory is one to a device, and those must be aligned.
///
/// `adr x9, #80; ldp x10, x11, [x9]; mov sp, x10; mov x10, #0x300000; msr cpacr_el1, x10;
/// msr ttbr0_el1, x11; ldp x10, x11, [x9, #16]; msr tcr_el1, x10; msr mair_el1, x11;
/// ldp x10, x11, [x9, #32]; msr vbar_el1, x10; tlbi vmalle1; dsb sy; isb; mrs x10, sctlr_el1;
/// orr x10, x10, x11; msr sctlr_el1, x10; isb; ldr x10, [x9, #48]; br x10`.
@section(".text.start") @used
let startCode:
  (
    UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32,
    UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32,
    Handler, Handler, UInt64, UInt64, Handler, UInt64, Handler
  ) = (
    0x1000_0289, 0xA940_2D2A, 0x9100_015F, 0xD2A0_060A, 0xD518_104A, 0xD518_200B, 0xA941_2D2A,
    0xD518_204A, 0xD518_A20B, 0xA942_2D2A, 0xD518_C00A, 0xD508_871F, 0xD503_3F9F, 0xD503_3FDF,
    0xD538_100A, 0xAA0B_014A, 0xD518_100A, 0xD503_3FDF, 0xF940_192A, 0xD61F_0140,
    stackTop, translationTable,
    // Addresses of 39 bits from one table, pages of 4 KB, cached; attribute 0 is memory, written back.
    0x1_0080_3519, 0xFF,
    // Translation and both caches on.
    exceptionVectors, 0x1005, printChecksums
  )

/// The second gigabyte, where `virt` has its memory, at the same addresses; elsewhere an access faults.
@section(".translation") @used
let firstLevel: (UInt64, UInt64) = (0, 0x4000_0701)

/// `hlt #0xF000; ret`: the instruction that means semihosting.
@section(".text.semihosting") @used
let semihostingCode: (UInt32, UInt32) = (0xD45E_0000, 0xD65F_03C0)

/// `adr x9, #32; ldp x10, x11, [x9]; mov sp, x10; mrs x0, esr_el1; mrs x1, elr_el1; mrs x2, far_el1;
/// br x11; nop`, and the words: the handler starts with an empty stack.
@section(".text.fault") @used
let faultCode:
  (
    UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, UInt32, Handler, FaultHandler
  ) = (
    0x1000_0109, 0xA940_2D2A, 0x9100_015F, 0xD538_5200, 0xD538_4021, 0xD538_6002, 0xD61F_0160,
    0xD503_201F, stackTop, faultHandler
  )

/// Says what happened and where: the kind of exception, the instruction, and the address it wanted.
@c(faultHandler)
func faultHandler(_ syndrome: UInt, _ instruction: UInt, _ address: UInt) {
  Host.print("fault class=")
  Host.print(Int(syndrome &>> 26))
  Host.print(" pc=")
  Host.print(Int(bitPattern: instruction))
  Host.print(" address=")
  Host.print(Int(bitPattern: address & 0xFFFF_FFFF))
  stop("\n", ExitCode.fault)
}
