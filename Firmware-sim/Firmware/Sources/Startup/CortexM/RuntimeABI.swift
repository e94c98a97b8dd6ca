// The names that Arm's run-time ABI (IHI 0043) gives to filling and copying memory: value and count
// change places in the first. What nobody calls, the linker leaves out.

@inline(never) @used @_silgen_name("__aeabi_memset")
func aeabiMemset(_ target: UnsafeMutablePointer<UInt8>, _ count: Int, _ value: Int32) {
  unsafe memset(target, value, count)
}

@inline(never) @used @_silgen_name("__aeabi_memset4")
func aeabiMemset4(_ target: UnsafeMutablePointer<UInt8>, _ count: Int, _ value: Int32) {
  unsafe memset(target, value, count)
}

@inline(never) @used @_silgen_name("__aeabi_memset8")
func aeabiMemset8(_ target: UnsafeMutablePointer<UInt8>, _ count: Int, _ value: Int32) {
  unsafe memset(target, value, count)
}

@inline(never) @used @_silgen_name("__aeabi_memclr")
func aeabiMemclr(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) {
  unsafe memset(target, 0, count)
}

@inline(never) @used @_silgen_name("__aeabi_memclr4")
func aeabiMemclr4(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) {
  unsafe memset(target, 0, count)
}

@inline(never) @used @_silgen_name("__aeabi_memclr8")
func aeabiMemclr8(_ target: UnsafeMutablePointer<UInt8>, _ count: Int) {
  unsafe memset(target, 0, count)
}

@inline(never) @used @_silgen_name("__aeabi_memcpy")
func aeabiMemcpy(
  _ target: UnsafeMutablePointer<UInt8>, _ source: UnsafePointer<UInt8>, _ count: Int
) {
  unsafe memcpy(target, source, count)
}

@inline(never) @used @_silgen_name("__aeabi_memcpy4")
func aeabiMemcpy4(
  _ target: UnsafeMutablePointer<UInt8>, _ source: UnsafePointer<UInt8>, _ count: Int
) {
  unsafe memcpy(target, source, count)
}

@inline(never) @used @_silgen_name("__aeabi_memcpy8")
func aeabiMemcpy8(
  _ target: UnsafeMutablePointer<UInt8>, _ source: UnsafePointer<UInt8>, _ count: Int
) {
  unsafe memcpy(target, source, count)
}
