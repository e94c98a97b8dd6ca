import Board
import Builtin

/// Lets all code use coprocessors 10 and 11, floating point and vectors (CPACR), and low-overhead loops
/// their cache of branches (CCR.LOB): Armv8.1-M, ARM DDI 0553, D1.2. Before the first vector instruction.
@inline(__always)
func enableVectors() {
  setWord(at: 0xE000_ED88, word(at: 0xE000_ED88) | 0xF0_0000)
  setWord(at: 0xE000_ED14, word(at: 0xE000_ED14) | 0x8_0000)
  Builtin.int_arm_dsb((15 as Int32)._value)
  Builtin.int_arm_isb((15 as Int32)._value)
}
