#if hasFeature(Embedded) && (arch(arm) || arch(riscv32))
  /// Puts the sums of two neighboring units where `sum` is: the even one's, `low`, in the place of the one it was
  /// begun with, and what `both`, with 256 times the odd one's, has beyond it onto the odd one's.
  @inline(__always) @unsafe
  func storeUnits(_ low: Int32, _ both: Int32, to sum: UnsafeMutablePointer<Int32>) {
    unsafe sum[0] = low
    unsafe sum[1] &+= (both &- low) &>> 8
  }
#endif
