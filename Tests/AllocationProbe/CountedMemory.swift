#if canImport(Glibc)
  import Synchronization

  // A program that defines malloc gets its own everywhere, in every library it loads. These pass each
  // request on to glibc's under its other name and count it.

  /// How often memory was asked for since the program started.
  var memoryRequests: Int { requests.load(ordering: .sequentiallyConsistent) }

  private let requests = Atomic<Int>(0)

  private func count() { requests.add(1, ordering: .relaxed) }

  @_silgen_name("__libc_malloc")
  private func systemMalloc(_ size: Int) -> UnsafeMutableRawPointer?

  @_silgen_name("__libc_calloc")
  private func systemCalloc(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer?

  @_silgen_name("__libc_realloc")
  private func systemRealloc(
    _ old: UnsafeMutableRawPointer?, _ size: Int
  ) -> UnsafeMutableRawPointer?

  @_silgen_name("__libc_memalign")
  private func systemMemalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer?

  @_cdecl("counted_malloc")
  func countedMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
    count()
    return unsafe systemMalloc(size)
  }

  @_cdecl("counted_calloc")
  func countedCalloc(_ number: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    count()
    return unsafe systemCalloc(number, size)
  }

  @_cdecl("counted_realloc")
  func countedRealloc(
    _ old: UnsafeMutableRawPointer?, _ size: Int
  ) -> UnsafeMutableRawPointer? {
    count()
    return unsafe systemRealloc(old, size)
  }

  @_cdecl("counted_memalign")
  func countedMemalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    count()
    return unsafe systemMemalign(alignment, size)
  }

  @_cdecl("counted_aligned_alloc")
  func countedAlignedAlloc(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    count()
    return unsafe systemMemalign(alignment, size)
  }

  @_cdecl("counted_posix_memalign")
  func countedPosixMemalign(
    _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: Int, _ size: Int
  ) -> Int32 {
    count()
    guard let memory = unsafe systemMemalign(alignment, size) else { return 12 }  // ENOMEM
    unsafe result.pointee = unsafe memory
    return 0
  }
#endif
