/// Whether there is memory, asked before it is taken: the browser alone knows, and traps where there is none.
package enum Memory {
  package static func has(_ bytes: Int) -> Bool { bytes >= 0 }
}
