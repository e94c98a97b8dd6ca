/// The connected pieces of a mask, whose pixels touch at sides or corners.
struct Components {
  /// Pixels that touch one another.
  struct Piece {
    /// Its pixels' count.
    var area = 0
    /// The smallest box around it.
    var box = PixelBox.none
  }

  /// The pieces, in the order of their first pixels, row by row.
  private(set) var all: [Piece] = []
  /// The number of each pixel's piece, -1 outside the mask.
  private(set) var numbers: [Int32]
  /// The pixels of the mask.
  let total: Int

  /// Runs of pixels side by side get a label each, row by row; where runs of two rows touch, the later label leads
  /// to the earlier one.
  ///
  /// - Complexity: O(pixels).
  init(_ mask: [Bool], width w: Int, height h: Int) {
    var runs: [Run] = []
    // The label that each label leads to; a piece's earliest leads to itself.
    var leads: [Int] = []
    var above = 0..<0
    for y in 0..<h {
      let first = runs.count
      Components.addRuns(of: mask, in: y * w..<(y + 1) * w, to: &runs)
      var old = above.lowerBound
      for run in first..<runs.count {
        leads.append(run)
        // Corners touch, too.
        while old < above.upperBound, runs[old].end + w < runs[run].start { old += 1 }
        var other = old
        while other < above.upperBound, runs[other].start + w <= runs[run].end {
          Components.join(run, other, &leads)
          other += 1
        }
      }
      above = first..<runs.count
    }
    numbers = [Int32](repeating: -1, count: w * h)
    total = runs.reduce(0) { $0 + $1.end - $1.start }
    number(runs, leads, width: w)
  }

  /// Pixels side by side: the first, and the one behind the last.
  private struct Run {
    let start: Int
    let end: Int
  }

  private static func addRuns(of mask: [Bool], in row: Range<Int>, to runs: inout [Run]) {
    var i = row.lowerBound
    while i < row.upperBound {
      while i < row.upperBound, !mask[i] { i += 1 }
      let start = i
      while i < row.upperBound, mask[i] { i += 1 }
      if i > start { runs.append(Run(start: start, end: i)) }
    }
  }

  /// The earliest label of the piece, which the labels on the way lead to from then on.
  private static func earliest(_ label: Int, _ leads: inout [Int]) -> Int {
    var label = label
    while leads[label] != label {
      leads[label] = leads[leads[label]]
      label = leads[label]
    }
    return label
  }

  private static func join(_ a: Int, _ b: Int, _ leads: inout [Int]) {
    let (a, b) = (earliest(a, &leads), earliest(b, &leads))
    leads[max(a, b)] = min(a, b)
  }

  /// Numbers the pieces in the order of their earliest labels, and their pixels.
  private mutating func number(_ runs: [Run], _ leads: [Int], width w: Int) {
    var leads = leads
    var pieces = [Int32](repeating: -1, count: runs.count)
    for (label, run) in runs.enumerated() {
      let earliest = Components.earliest(label, &leads)
      if earliest == label {
        pieces[label] = Int32(all.count)
        all.append(Piece())
      }
      let piece = pieces[earliest]
      for i in run.start..<run.end { numbers[i] = piece }
      let (y, x) = run.start.quotientAndRemainder(dividingBy: w)
      all[Int(piece)].area += run.end - run.start
      all[Int(piece)].box.include(x, y)
      all[Int(piece)].box.include(x + run.end - run.start - 1, y)
    }
  }
}
