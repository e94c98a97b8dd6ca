/// The candidate that someone who typed `word` most likely meant, or nil if none is close.
///
/// Close is one slip for every three characters typed, and never more than three: `--hiden` is
/// `--hidden`, but `--x` is nothing in particular.
func suggestion(for word: String, among candidates: [String]) -> String? {
  let allowed = min(3, (word.count + 2) / 3)
  // Words are at least as far apart as their lengths.
  let near = candidates.filter { abs($0.count - word.count) <= allowed }
  let ranked = near.map { (name: $0, distance: editDistance(word, $0)) }
  guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= allowed && best.distance < best.name.count ? best.name : nil
}

/// How many insertions, deletions, substitutions and swaps of neighbors turn `a` into `b`.
///
/// - Complexity: O(*n* · *m*) in the lengths; words over 64 characters are cut there, so that a
///   megabyte on the command line costs nothing.
func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.prefix(64))
  let b = Array(b.prefix(64))
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  var row = last
  for i in a.indices {
    row[0] = i + 1
    for j in b.indices {
      var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row[j + 1] = cost
    }
    swap(&beforeLast, &last)
    swap(&last, &row)
  }
  return last[b.count]
}
