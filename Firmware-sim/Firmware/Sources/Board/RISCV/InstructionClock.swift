@_extern(c, "__instructions") private func retiredInstructions() -> UInt32

/// Counts instructions by the core's `minstret`, which is exact under `-icount shift=0`.
package struct InstructionClock {
  private let start: UInt32

  /// Starts counting.
  @inline(never)
  package init() { start = retiredInstructions() }

  /// Instructions since the start.
  package var instructions: Int {
    @inline(never) get { Int(bitPattern: UInt(retiredInstructions() &- start)) }
  }
}
