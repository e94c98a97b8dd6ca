/// Writes an image into the slot that is not in use, a word at a time as it arrives: no RAM but this.
///
/// ```swift
/// var update = try SlotUpdate(slots, of: &flash, imageBytes: length)
/// while let word = line.next() { try update.write(word, to: &flash) }
/// try update.commit(&flash)  // From here on the new image is booted.
/// ```
public struct SlotUpdate: Sendable {
  private let slots: Slots
  /// The slot that is written.
  public let slot: Slots.Slot
  private let sequence: UInt32
  private let imageBytes: Int
  /// The bytes written so far.
  public private(set) var written = 0
  /// Whether what was written counts.
  public private(set) var isCommitted = false

  /// Erases the slot that is not in use, its record first: from then on it does not count.
  ///
  /// - Parameters:
  ///   - slots: where the two are.
  ///   - flash: the memory that holds both.
  ///   - imageBytes: how long the new image will be; it has to fit a slot without its last page.
  public init<Flash: FlashMemory & ~Copyable>(
    _ slots: Slots, of flash: inout Flash, imageBytes: Int
  ) throws(Slots.UpdateError) {
    guard imageBytes >= Header.bytes, imageBytes <= slots.slotBytes &- slots.pageBytes,
      slots.start &+ slots.bytes <= flash.contents.byteCount
    else { throw .wrongLength }
    let inUse = slots.boot(flash.contents)
    self.slots = slots
    self.imageBytes = imageBytes
    slot = inUse?.other ?? .a
    sequence = (inUse.flatMap { slots.sequence($0, flash.contents) } ?? 0) &+ 1
    do throws(FlashWriteError) {
      // The record's page, then the image's.
      var page = slots.record(slot)
      var next = slots.offset(slot)
      repeat {
        try flash.erase(page: page)
        page = next
        next &+= slots.pageBytes
      } while page < slots.offset(slot) &+ imageBytes
    } catch { throw .flash(error) }
  }

  /// Programs the next word of the image.
  ///
  /// - Parameters:
  ///   - word: four bytes of it, the first one lowest; the last word is filled up with anything.
  ///   - flash: the memory that was erased.
  public mutating func write<Flash: FlashMemory & ~Copyable>(
    _ word: UInt32, to flash: inout Flash
  ) throws(Slots.UpdateError) {
    guard written < imageBytes else { throw .wrongLength }
    do throws(FlashWriteError) {
      try flash.program(word, at: slots.offset(slot) &+ written)
    } catch { throw .flash(error) }
    written &+= 4
  }

  /// Checks what was written by reading it, and makes it count.
  ///
  /// - Parameter flash: the memory that was written.
  public mutating func commit<Flash: FlashMemory & ~Copyable>(
    _ flash: inout Flash
  ) throws(Slots.UpdateError) {
    guard written >= imageBytes else { throw .wrongLength }
    do throws(ModelImageError) {
      let offset = slots.offset(slot)
      _ = try ModelImage(flash.contents.slice(offset, offset &+ imageBytes))
    } catch { throw .image(error) }
    let record = slots.record(slot)
    do throws(FlashWriteError) {
      try flash.program(sequence.littleEndian, at: record)
      try flash.program(UInt32(truncatingIfNeeded: imageBytes).littleEndian, at: record &+ 4)
      let check = crc32(flash.contents.slice(record, record &+ 8), after: 0)
      try flash.program(check.littleEndian, at: record &+ 8)
      try flash.program(Slots.commitWord.littleEndian, at: record &+ 12)
    } catch { throw .flash(error) }
    isCommitted = true
  }
}
