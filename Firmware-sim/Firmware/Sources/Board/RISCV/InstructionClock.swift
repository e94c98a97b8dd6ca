@_extern(c, "__instructions") private func retiredInstructions() -> UInt32

/// Counts instructions by the core's `minstret`, which is exact under `-icount shift=0`.
public struct InstructionClock {
  private let start: UInt32

  /// Starts counting.
  @inline(never)
  public init() { start = retiredInstructions() }

  /// Instructions since the start.
  public var instructions: Int {
    @inline(never) get { Int(bitPattern: UInt(retiredInstructions() &- start)) }
  }
}
