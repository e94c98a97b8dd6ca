import SIMDMath

extension BatchBuffers {
  /// Puts the first `count` examples in the random order of an epoch (Fisher and Yates).
  func shuffle(count: Int, seed: UInt64, epoch: Int) {
    resetOrder(count: count)
    var order = unsafe order.ownedSlice(0..<count)
    var random = Random(seed: seed, stream: RandomStream.order, index: UInt64(epoch))
    var last = count - 1
    while last > 0 {
      order.swapAt(last, random.below(last + 1))
      last -= 1
    }
  }

  /// Puts the first `count` examples in their own order.
  func resetOrder(count: Int) {
    var order = unsafe order.ownedSlice(0..<count)
    for i in 0..<count { order[i] = UInt32(i) }
  }
}
