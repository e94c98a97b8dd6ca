import Device
import Int8Runtime
import SIMDMath

/// Flips one bit between two steps of a classification, and plays what the processor makes of it: an
/// address outside of its memories, or a bound that the runtime checks, is a hard fault.
struct FaultInjector: StageObserver {
  /// How a classification ended that did not come to its end.
  enum Ending: Sendable { case hardFault, powerLost, hung }

  private let fault: MemoryFault?
  private let stop: (turn: Int, ending: Ending)?
  private let cost: StageCost
  private let flashBytes: Int
  private var pass = -1
  private var turn = 0
  /// Nonzero pairs of the picture.
  private(set) var pairs = 0
  /// Lists of them.
  private(set) var lists = 0
  /// Instructions so far, without those of the checks.
  private(set) var instructions = 0
  /// Instructions when the fault came.
  private(set) var faultAt: Int?
  /// How it ended, if before its end.
  private(set) var ending: Ending?

  /// - Parameter stop: at which step, counted from 0 over all passes, power fails or the program hangs.
  init(
    _ fault: MemoryFault?, _ cost: StageCost, chip: Profile,
    stop: (turn: Int, ending: Ending)? = nil
  ) {
    self.fault = fault
    self.stop = stop
    self.cost = cost
    flashBytes = chip.flashBytes
  }

  /// Instructions since the fault.
  var latency: Int { instructions - (faultAt ?? instructions) }

  mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    if stage == .started { (pass, pairs, lists) = (pass + 1, 0, 0) }
    if case .listed = stage { (pairs, lists) = (pairs + work.pairs, lists + 1) }
    instructions += cost.instructions(stage, pairs: work.pairs)
    if let stop, stop.turn == turn {
      faultAt = instructions
      ending = stop.ending
      return false
    }
    turn += 1
    if let fault, let value = fault.stuckAt {
      hold(fault, at: value, &bytes, ArenaLayout(image.shape).total)
    } else if let fault, !fault.afterChecks {
      inject(fault, stage, image, &work, &bytes)
    }
    return true
  }

  mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    if fault?.stuckAt != nil {
      if case .listed = stage, leavesFlash(image, bytes.bytes, work.pairs) { ending = .hardFault }
      return ending == nil
    }
    guard let fault, fault.pass == pass, fault.stage == stage else { return true }
    if fault.afterChecks { inject(fault, stage, image, &work, &bytes) }
    if isHardFault(fault.target, image, work, bytes.bytes) { ending = .hardFault }
    return ending == nil
  }

  /// What a step has written there is not kept. Within a step the cell is taken for sound.
  private mutating func hold(
    _ fault: MemoryFault, at value: Bool, _ bytes: inout MutableRawSpan, _ arenaBytes: Int
  ) {
    let offset = fault.offset % arenaBytes
    let byte = unsafe bytes.bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    let mask: UInt8 = 1 << UInt8(fault.bit)
    let held = value ? byte | mask : byte & ~mask
    guard held != byte else { return }
    faultAt = faultAt ?? instructions
    bytes.storeBytes(of: held, toByteOffset: offset, as: UInt8.self)
  }

  private mutating func inject(
    _ fault: MemoryFault, _ stage: Stage, _ image: borrowing ModelImage,
    _ work: inout WorkingValues, _ bytes: inout MutableRawSpan
  ) {
    guard fault.pass == pass, fault.stage == stage, faultAt == nil else { return }
    faultAt = instructions
    let arena = ArenaLayout(image.shape)
    let word = mask(fault)
    switch fault.target {
    case .picture: flip(&bytes, fault, arena.picture, pictureBytes)
    case .features: flip(&bytes, fault, arena.features, image.shape.inputSpec.inputs)
    case .list: flip(&bytes, fault, arena.picture, bytesPerNonzeroPair * work.pairs)
    case .sums: flip(&bytes, fault, arena.activations, 4 * image.shape.hidden)
    case .activations: flip(&bytes, fault, arena.activations, image.shape.hidden)
    case .logits:
      let index = fault.offset / 2 % (work.output + 1)
      // While a picture is read again, the logits of its first reading are there to be hit as well.
      let isFirst = pass == 1 && fault.offset % 2 == 1
      let offset = (isFirst ? arena.total + pictureBytes : arena.logits) + 4 * index
      let value = Int32(bitPattern: bytes.bytes.littleEndianWord(at: offset))
      bytes.storeBytes(of: (value ^ word).littleEndian, toByteOffset: offset, as: Int32.self)
    case .pairs: work.pairs = flipped(work.pairs, word)
    case .next: work.next = flipped(work.next, word)
    case .output: work.output = flipped(work.output, word)
    }
  }

  private func flip(
    _ bytes: inout MutableRawSpan, _ fault: MemoryFault, _ start: Int, _ count: Int
  ) {
    guard count > 0 else { return }
    for bit in 0..<fault.bits {
      let hit = (8 * (fault.offset % count) + fault.bit % 8 + bit) % (8 * count)
      let offset = start + hit / 8
      let byte = unsafe bytes.bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      bytes.storeBytes(of: byte ^ 1 << UInt8(hit % 8), toByteOffset: offset, as: UInt8.self)
    }
  }

  /// The bits of a word that flip; past its end they go on at its start.
  private func mask(_ fault: MemoryFault) -> Int32 {
    (0..<fault.bits).reduce(0 as Int32) { $0 | 1 << Int32((fault.bit + $1) % 32) }
  }

  /// A number of 32 bits, as the devices have it.
  private func flipped(_ value: Int, _ word: Int32) -> Int {
    Int(Int32(truncatingIfNeeded: value) ^ word)
  }

  /// Whether the next steps would leave the chip's memories, or stop at a bound that is checked.
  private func isHardFault(
    _ target: MemoryTarget, _ image: borrowing ModelImage, _ work: WorkingValues, _ bytes: RawSpan
  ) -> Bool {
    switch target {
    case .pairs where work.pairs < 0 || work.pairs > pictureBytes / bytesPerNonzeroPair: return true
    case .pairs, .list: return leavesFlash(image, bytes, work.pairs)
    // Where the next list starts is checked when it is made; beyond the end there is none.
    case .next:
      let isOver = work.next >= image.shape.inputSpec.inputs
      return !isOver && (work.next < 0 || work.next & 3 != 0)
    // The counter goes up by one before it is used again.
    case .output: return work.output < -1
    default: return false
    }
  }

  /// Whether a list leads beyond the chip's flash. Inside it, what stands there is taken for weights.
  private func leavesFlash(_ image: borrowing ModelImage, _ bytes: RawSpan, _ pairs: Int) -> Bool {
    let shape = image.shape
    // Of the last block, which is the farthest.
    let last = image.layout.hiddenWeights + shape.inputSpec.inputs * (shape.hidden - 8)
    return (0..<pairs).contains { entry in
      let offset = unsafe bytes.unsafeLoadUnaligned(
        fromByteOffset: bytesPerNonzeroPair * entry, as: UInt32.self)
      return last + Int(offset) + bytesPerPair > flashBytes
    }
  }
}
