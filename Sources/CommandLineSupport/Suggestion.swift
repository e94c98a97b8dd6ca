/// The candidate that someone who typed `word` most likely meant, or nil if none is close. Capitals count
/// for nothing.
///
/// Close is one slip for every three characters typed, and never more than three: `--hiden` is
/// `--hidden`, but `--x` is nothing in particular. Close is also what only one candidate holds whole, if
/// it has four characters: `f401` is `stm32f401cc`.
package func suggestion(for word: String, among candidates: [String]) -> String? {
  let word = String(word.prefix(64)).lowercased()
  let allowed = min(3, (word.count + 2) / 3)
  // Words are at least as far apart as their lengths.
  let near = candidates.filter { abs($0.count - word.count) <= allowed }
  let ranked = near.map { (name: $0, distance: editDistance(word, $0.lowercased())) }
  let best = ranked.min { $0.distance < $1.distance }
  if let best, best.distance <= allowed, best.distance < best.name.count { return best.name }
  let holding = candidates.filter { word.count >= 4 && $0.lowercased().contains(word) }
  return holding.count == 1 ? holding[0] : nil
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
