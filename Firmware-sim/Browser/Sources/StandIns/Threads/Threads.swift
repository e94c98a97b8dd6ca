// A module of WebAssembly has the thread that calls it, and no other.

/// Calls `body` with 0 ..< `parts`, one after the other.
package func concurrently(_ parts: Int, _ body: (Int) -> Void) {
  for part in 0..<parts { body(part) }
}

/// There is no thread to be had.
package func startDetachedThread(_ body: @escaping () -> Void) -> Bool { false }

/// Nobody is waited for.
package struct Patience {
  package init() {}

  package mutating func wait() {}
}
