import Foundation

/// Whether there is memory, asked before it is taken: Swift, which has no other way to say that there is
/// none, would trap.
package enum Memory {
  /// Whether so many bytes more can be had at the moment, in one piece, with some for what is needed
  /// besides, here and there.
  package static func has(_ bytes: Int) -> Bool {
    let (sum, overflow) = bytes.addingReportingOverflow((1 << 22) + bytes / 4)
    guard !overflow else { return false }
    let room = unsafe mmap(nil, sum, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard unsafe room != MAP_FAILED else { return false }
    unsafe munmap(room, sum)
    return true
  }
}
