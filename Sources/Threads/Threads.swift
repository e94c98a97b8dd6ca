#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif
import Synchronization

/// Runs `body` on a thread of its own.
///
/// - Parameter stack: bytes of its stack.
/// - Returns: the thread, which must be joined or detached; nil if the system has no thread left to give,
///   as where a container limits them.
package func startThread(
  stack: Int = 1 << 20, _ body: @escaping () -> Void
) -> pthread_t? {
  var attributes = pthread_attr_t()
  guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
  defer { unsafe pthread_attr_destroy(&attributes) }
  unsafe pthread_attr_setstacksize(&attributes, stack)
  let work = unsafe Unmanaged.passRetained(ThreadBody(body))
  #if canImport(Darwin)
    var thread: pthread_t?
    let code = pthread_create(&thread, &attributes, { ThreadBody.run($0) }, work.toOpaque())
  #else
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread, &attributes, { unsafe $0.flatMap { unsafe ThreadBody.run($0) } },
      unsafe work.toOpaque())
  #endif
  guard code == 0 else {
    unsafe work.release()
    return nil
  }
  return thread
}

/// Runs `body` on a thread of its own that nobody waits for.
///
/// - Returns: false if the system has no thread left to give.
package func startDetachedThread(_ body: @escaping () -> Void) -> Bool {
  guard let thread = startThread(body) else { return false }
  pthread_detach(thread)
  return true
}

/// Calls `body` with 0 ..< `parts`, on as many threads as can be had and `parts` at most, and returns
/// when all calls have.
///
/// The caller's thread takes part, so that without any other the work is done all the same, one part
/// after the other. (Dispatch waits for ever for a thread that the system does not give.)
package func concurrently(_ parts: Int, _ body: (Int) -> Void) {
  guard parts > 1 else {
    if parts == 1 { body(0) }
    return
  }
  withoutActuallyEscaping(body) { body in
    let work = Parts(parts, body)
    var threads: [pthread_t] = []
    for _ in 1..<parts {
      guard let thread = startThread({ work.take() }) else { break }
      threads.append(thread)
    }
    work.take()
    for thread in threads { pthread_join(thread, nil) }
  }
}

/// What two works come to, done at the same time if a thread can be had for the second, and otherwise
/// one after the other.
package func simultaneously<First, Second>(
  _ first: () -> First, _ second: () -> Second
) -> (First, Second) {
  withoutActuallyEscaping(second) { second in
    let result = Place<Second>()
    let thread = startThread { result.value = second() }
    let first = first()
    if let thread { pthread_join(thread, nil) }
    return (first, result.value ?? second())
  }
}

/// Where a thread leaves what it came to, to be read when it has been joined.
private final class Place<Value> {
  var value: Value?
}

/// What a thread is to do.
private final class ThreadBody {
  private let body: () -> Void

  init(_ body: @escaping () -> Void) { self.body = body }

  static func run(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().body()
    return nil
  }
}

/// Parts of a work, each done by who comes first.
private final class Parts: @unchecked Sendable {
  // Called from many threads at once, which is what the caller of `concurrently` provides for.
  private let body: (Int) -> Void
  private let count: Int
  private let next = Atomic<Int>(0)

  init(_ count: Int, _ body: @escaping (Int) -> Void) {
    self.count = count
    self.body = body
  }

  func take() {
    while true {
      let part = next.add(1, ordering: .relaxed).oldValue
      guard part < count else { return }
      body(part)
    }
  }
}
