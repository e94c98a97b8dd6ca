#if !(hasFeature(Embedded) && (arch(arm) || arch(riscv32)))
  /// Sixteen 32-bit integers.
  typealias Words = SIMD16<Int32>

  /// The mass of a 28x28 picture's ink and its moments about pixel (14, 14), exact.
  public struct InkSums: Equatable {
    /// Sums over all pixels of ink, and of ink times its distance to the right and downward.
    public let mass, x, y: Int32
    /// Sums of ink times both distances.
    public let xx, xy, yy: Int32
  }

  /// Sums column by column, without a multiplication: what is added to a sum again in every later row has
  /// there the weight of the rows that were left.
  ///
  /// - Parameter picture: 784 pixels, row-major.
  @inline(never)
  public func inkSums(of picture: RawSpan) -> InkSums {
    precondition(picture.byteCount >= 784)
    var (left, right) = (ColumnSums(), ColumnSums())
    for row in 0..<28 {
      unsafe left.add(
        picture.unsafeLoadUnaligned(fromByteOffset: 28 &* row, as: SIMD16<UInt8>.self))
      unsafe right.add(
        picture.unsafeLoadUnaligned(fromByteOffset: 28 &* row &+ 12, as: SIMD16<UInt8>.self))
    }
    let lanes = Words(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    // Columns 12...15 are in both halves.
    right.clear(Words(0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1))
    let (dx, rightDX) = (lanes &- 14, lanes &- 2)
    let x = left.mass &* dx &+ right.mass &* rightDX
    return InkSums(
      mass: total(left.mass &+ right.mass), x: total(x), y: total(left.y &+ right.y),
      xx: total(left.mass &* dx &* dx &+ right.mass &* rightDX &* rightDX),
      xy: total(left.y &* dx &+ right.y &* rightDX), yy: total(left.yy &+ right.yy))
  }

  /// Sums down sixteen columns.
  private struct ColumnSums {
    var mass = Words()
    /// Of `28 - row` times the ink.
    var once = Words()
    /// Of `(28 - row) * (29 - row) / 2` times the ink.
    var twice = Words()

    @inline(__always)
    mutating func add(_ pixels: SIMD16<UInt8>) {
      mass &+= words(pixels)
      once &+= mass
      twice &+= once
    }

    /// Sets lanes to zero where a mask has no bits.
    @inline(__always)
    mutating func clear(_ mask: Words) {
      mass &= mask
      once &= mask
      twice &= mask
    }

    /// Of `row - 14` times the ink.
    @inline(__always)
    var y: Words { 14 &* mass &- once }
    /// Of `(row - 14)²` times the ink.
    @inline(__always)
    var yy: Words { 196 &* mass &- 29 &* once &+ 2 &* twice }
  }

  /// The sum of all lanes.
  @inline(__always)
  private func total(_ lanes: Words) -> Int32 {
    let eight = lanes.lowHalf &+ lanes.highHalf
    let four = eight.lowHalf &+ eight.highHalf
    let two = four.lowHalf &+ four.highHalf
    return two.x &+ two.y
  }
#endif
