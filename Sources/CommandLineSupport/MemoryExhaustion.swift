import Foundation

/// Ends the process with one line where Swift, which has no other way to say that there is no memory left,
/// would trap.
///
/// Only such a trap: if much memory can still be had, the trap had another reason, and whoever looked
/// after it before (Swift's own backtrace) does so again.
enum MemoryExhaustion {
  /// What must be there for a trap to have another reason, in bytes: more than any allocation at once.
  private static let plenty = 1 << 28
  private static let signals = [SIGILL, SIGTRAP, SIGABRT]

  // Written once, before any handler can run, and read in handlers, where nothing may be allocated.
  nonisolated(unsafe) private static var line = unsafe UnsafeBufferPointer<UInt8>(
    start: nil, count: 0)
  nonisolated(unsafe) private static var before: UnsafeMutablePointer<sigaction>?

  /// Looks after traps from now on.
  static func watch(command: String) {
    let text = "\(command): out of memory; raise the limit (ulimit -v) or free some\n"
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = unsafe bytes.initialize(from: text.utf8)
    unsafe line = UnsafeBufferPointer(bytes)
    let actions = UnsafeMutablePointer<sigaction>.allocate(capacity: signals.count)
    unsafe actions.initialize(repeating: sigaction(), count: signals.count)
    unsafe before = unsafe actions
    for (index, number) in signals.enumerated() {
      unsafe sigaction(number, nil, actions + index)
      _ = signal(number) { MemoryExhaustion.handle($0) }
    }
  }

  private static func handle(_ number: Int32) {
    let room = unsafe mmap(nil, plenty, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    if unsafe room == MAP_FAILED {
      _ = unsafe write(StandardStream.error.rawValue, line.baseAddress, line.count)
      _exit(ExitCode.io.rawValue)
    }
    unsafe munmap(room, plenty)
    // The same instruction traps again, for whom it always did; an abort has to be repeated.
    let index = number == SIGILL ? 0 : number == SIGTRAP ? 1 : 2
    unsafe sigaction(number, before.map { unsafe $0 + index }, nil)
    if number == SIGABRT { raise(number) }
  }
}
