/// Two regions of flash for an image, of which one is always bootable once one was written.
///
/// An update goes to the slot that is not in use. Its last page holds a record of four words, erased
/// before anything else and written after everything else, the commit word at its very end:
///
///     image ... | sequence | length | CRC-32 of the two | commit
///
/// Whatever write power fails at, the slot in use is untouched; and the other one counts only with its
/// commit word, a record whose CRC is right and an image that opens. It costs the flash of a second
/// image, and two pages.
public struct Slots: Sendable {
  /// One of the two.
  public enum Slot: UInt8, Sendable, Equatable {
    /// The first one.
    case a
    /// The one behind it.
    case b

    /// The other one.
    public var other: Slot { self == .a ? .b : .a }
  }

  /// Why an update was not made. The image in use is as it was.
  public enum UpdateError: Error, Sendable, Equatable {
    /// The flash would not be erased or programmed.
    case flash(FlashWriteError)
    /// Longer than a slot, or not as long as was said.
    case wrongLength
    /// What was written is not an image that opens.
    case image(ModelImageError)
  }

  /// "CMIT" as a little-endian number.
  static let commitWord: UInt32 = 0x5449_4D43

  /// Where slot A starts; B follows it.
  public let start: Int
  /// The bytes of a slot, a multiple of the page.
  public let slotBytes: Int
  /// The bytes of its last page, where the record is.
  public let pageBytes: Int

  /// Slots at an offset in flash, one behind the other.
  ///
  /// - Parameters:
  ///   - start: bytes from the start of flash, where a page starts.
  ///   - imageBytes: the longest image there will be.
  ///   - pageBytes: what is erased at once, a multiple of four.
  public init(start: Int, imageBytes: Int, pageBytes: Int) {
    self.start = start
    self.pageBytes = pageBytes
    slotBytes = (imageBytes &+ pageBytes &- 1) / pageBytes &* pageBytes &+ pageBytes
  }

  /// The flash that both take.
  public var bytes: Int { 2 &* slotBytes }

  /// Where a slot starts.
  public func offset(_ slot: Slot) -> Int { slot == .a ? start : start &+ slotBytes }

  func record(_ slot: Slot) -> Int { offset(slot) &+ slotBytes &- pageBytes }

  /// The slot to boot: the newest of those that are whole.
  ///
  /// - Parameters:
  ///   - flash: all of it, both slots included.
  ///   - tried: a slot that has failed its self-test, and is left out; nil if none has.
  /// - Returns: nil if no slot that is left holds an image that opens.
  public func boot(_ flash: RawSpan, except tried: Slot? = nil) -> Slot? {
    let (a, b) = (sequence(.a, flash), sequence(.b, flash))
    // The difference tells which is newer even when the number has wrapped around.
    let newest: Slot =
      if let a, let b {
        Int32(bitPattern: a &- b) > 0 ? .a : .b
      } else { a != nil ? .a : .b }
    var slot = newest
    repeat {
      if slot != tried && opens(slot, flash) { return slot }
      slot = slot.other
    } while slot != newest
    return nil
  }

  /// The bytes of the image in a slot that is committed.
  ///
  /// - Parameters:
  ///   - slot: which of the two.
  ///   - flash: all of it, both slots included.
  /// - Returns: nil if the slot is not committed.
  @_lifetime(copy flash)
  public func image(_ slot: Slot, of flash: RawSpan) -> RawSpan? {
    guard sequence(slot, flash) != nil else { return nil }
    let length = Int(truncatingIfNeeded: flash.unsigned(record(slot) &+ 4))
    return flash.slice(offset(slot), offset(slot) &+ length)
  }

  /// The sequence number of a slot that is committed.
  @inline(never)
  func sequence(_ slot: Slot, _ flash: RawSpan) -> UInt32? {
    let record = record(slot)
    guard record &+ 16 <= flash.byteCount,
      flash.unsigned(record &+ 12) == Slots.commitWord,
      flash.unsigned(record &+ 8) == crc32(flash.slice(record, record &+ 8), after: 0),
      flash.unsigned(record &+ 4) <= UInt32(slotBytes &- pageBytes)
    else { return nil }
    return flash.unsigned(record)
  }

  private func opens(_ slot: Slot, _ flash: RawSpan) -> Bool {
    guard let bytes = image(slot, of: flash) else { return false }
    do throws(ModelImageError) {
      _ = try ModelImage(bytes)
      return true
    } catch { return false }
  }
}
