import HostInt8
import Int8Runtime
import Network
import Quantizer
import SIMDMath

/// What this processor does at most in a nanosecond, as loops find that do nothing else.
struct Limits {
  /// Fused multiplications and additions of vectors whose operands are in registers.
  let fused: Double
  /// Vectors of 64 bytes read from the first-level cache, one after the other.
  let vectorLoads: Double
  /// Loads of any size from there: some processors read more words than vectors at a time.
  let loads: Double
  /// Vectors read from the second-level cache.
  let secondLevel: Double
  /// Vectors read from there, changed and written back.
  let secondLevelUpdates: Double

  /// Measures them; the best of a few tries each.
  init() {
    // More sums hide the latency better, as long as there are registers for them.
    fused =
      (0..<100).map { _ in
        max(FusedLoop<4>.rate(), FusedLoop<6>.rate(), FusedLoop<12>.rate())
      }.max() ?? 0
    vectorLoads = (0..<100).map { _ in readRate(vectors: 256) }.max() ?? 0
    loads = max(
      (0..<100).map { _ in wordRate() }.max() ?? 0,
      vectorLoads * Double(KernelShape.registersPerVector))
    secondLevel = (0..<100).map { _ in readRate(vectors: 3136) }.max() ?? 0
    secondLevelUpdates = (0..<100).map { _ in updateRate(vectors: 3136) }.max() ?? 0
  }

  /// The nanoseconds that some work takes at least, and what takes them.
  ///
  /// What binds are not the units of a sum but one of the limits alone: the parts may overlap.
  func bound(_ work: Work) -> (time: Double, by: String) {
    let registers = work.vectorLoads * Double(KernelShape.registersPerVector)
    let bounds = [
      (work.fused / fused, "fused"), (work.vectorLoads / vectorLoads, "vector loads"),
      ((registers + work.wordLoads) / loads, "loads"),
      (work.fromSecondLevel / secondLevel + work.updates / secondLevelUpdates, "second level"),
    ]
    return bounds.max { $0.0 < $1.0 } ?? (0, "")
  }
}

/// What a kernel has to do.
struct Work {
  /// Vectors multiplied and added.
  var fused = 0.0
  /// Vectors read.
  var vectorLoads = 0.0
  /// Numbers read one by one: entries of lists, values.
  var wordLoads = 0.0
  /// Vectors that the first-level cache cannot have, read only.
  var fromSecondLevel = 0.0
  /// Likewise, read and written.
  var updates = 0.0
}

/// Multiplications and additions to so many sums in turn.
private enum FusedLoop<let sums: Int> {
  /// A nanosecond's.
  @inline(never)
  static func rate() -> Double {
    let factors = [Float](repeating: 1e-3, count: 2)
    let x = Vector(repeating: factors[0])
    let y = Vector(repeating: factors[1])
    var total = InlineArray<sums, Vector>(repeating: Vector())
    let rounds = 100_000 / sums
    let clock = Clock()
    for _ in 0..<rounds {
      for i in 0..<sums { total[i] = total[i].addingProduct(x, y) }
    }
    let time = clock.elapsed.processor
    for i in 0..<sums { keep(total[i][0]) }
    return Double(rounds * sums) / time * 1e-9
  }
}

/// Vectors read a nanosecond, of as many as there are.
@inline(never)
private func readRate(vectors: Int) -> Double {
  let memory = AlignedBuffer(repeating: Words(repeating: 1), count: vectors)
  let rounds = 400_000 / vectors
  var sums = InlineArray<4, Words>(repeating: Words())
  let span = memory.span
  let clock = Clock()
  for _ in 0..<rounds {
    for start in stride(from: 0, to: vectors, by: 4) {
      // In bounds: the number of vectors is a multiple of four.
      for i in 0..<4 { sums[i] = sums[i] &+ (unsafe span[unchecked: start &+ i]) }
    }
  }
  let time = clock.elapsed.processor
  for i in 0..<4 { keep(Float(sums[i][0])) }
  return Double(rounds * vectors) / time * 1e-9
}

/// Words read a nanosecond, too far apart for a compiler to read several at once, and others in each round,
/// so that it does not read them once.
private func wordRate() -> Double {
  let memory = AlignedBuffer(repeating: UInt64(1), count: 9 * 256)
  let rounds = 2_000
  let clock = Clock()
  let sum = wordSum(memory.span, rounds)
  let time = clock.elapsed.processor
  keep(Float(sum))
  return Double(rounds * 256) / time * 1e-9
}

/// The sum of 256 words of a span of nine times as many, for each round. On its own, so that a compiler does
/// not add them up after the clock is read.
@inline(never)
private func wordSum(_ span: Span<UInt64>, _ rounds: Int) -> UInt64 {
  precondition(span.count >= 9 * 256)
  var sums = InlineArray<8, UInt64>(repeating: 0)
  for round in 0..<rounds {
    for start in stride(from: 0, to: 256, by: 8) {
      // In bounds by the line above.
      for i in 0..<8 { sums[i] &+= unsafe span[unchecked: 9 &* (start &+ i) &+ round & 7] }
    }
  }
  var sum: UInt64 = 0
  for i in 0..<8 { sum &+= sums[i] }
  return sum
}

/// Vectors read, changed and written a nanosecond, of as many as there are.
@inline(never)
private func updateRate(vectors: Int) -> Double {
  let memory = AlignedBuffer(repeating: Words(repeating: 1), count: vectors)
  let rounds = 400_000 / vectors
  let one = Words(repeating: 1)
  var span = unsafe memory.ownedSlice(0..<vectors)
  let clock = Clock()
  for _ in 0..<rounds {
    // In bounds by the loop.
    for i in 0..<vectors { unsafe span[unchecked: i] = (unsafe span[unchecked: i]) &+ one }
  }
  let time = clock.elapsed.processor
  keep(Float(span[0][0]))
  return Double(rounds * vectors) / time * 1e-9
}

/// Uses a value, so that what led to it is not left out.
private func keep(_ value: Float) {
  if value == -1 { print(value) }
}
