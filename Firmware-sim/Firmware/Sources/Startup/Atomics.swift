// A volatile word is read and written by what the compiler takes for an atomic operation; without the
// A extension it calls these. One core, no interrupts: plain access is atomic.

@inline(never) @used @_silgen_name("__atomic_load_4")
func atomicLoad(_ pointer: UnsafePointer<UInt32>, _ order: Int32) -> UInt32 {
  unsafe pointer.pointee
}

@inline(never) @used @_silgen_name("__atomic_store_4")
func atomicStore(_ pointer: UnsafeMutablePointer<UInt32>, _ value: UInt32, _ order: Int32) {
  unsafe pointer.pointee = value
}
