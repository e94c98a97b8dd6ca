import Device
import Int8Runtime
import SIMDMath

/// Flash whose bits flip after its image was opened, so that nothing but a scrubber can notice.
@safe final class RottingFlash {
  private let memory: UnsafeMutableRawBufferPointer

  init(_ image: [UInt8]) {
    unsafe memory = .allocate(byteCount: image.count, alignment: 16)
    unsafe memory.copyBytes(from: image)
  }

  deinit { unsafe memory.deallocate() }

  func flip(bit: Int) { unsafe memory[bit / 8] ^= 1 << UInt8(bit % 8) }

  /// Opens the image; it may rot while `body` uses it.
  func withImage(_ body: (borrowing ModelImage) -> Void) throws(ModelImageError) {
    // Bytes that change under a view of them are what is played here. Each reading of the view is a
    // load from memory: the classifier is compiled apart from the flips.
    unsafe body(try ModelImage(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(memory))))
  }
}
