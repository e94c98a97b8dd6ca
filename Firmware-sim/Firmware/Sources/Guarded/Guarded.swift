import Board
import Int8Runtime

/// Reads every picture of the raw IDX file that the command line names with countermeasures.
///
/// By turns, one is read unharmed with all that there is memory for, the next with a bit of its list or of its features
/// flipped, the next with an entry of the list left out. In the end it prints how many of each were read, how many of
/// the first were sure, the CRC-32 of the logits of these, and of how many others the damage was found: by the list's
/// own check, and by the count of its entries.
@main
struct Guarded {
  static func main() {
    withModelImage(arenaBytes: { layout(of: $0).total }) { image, bytes in
      let layout = layout(of: image.shape)
      let file = namedFile(&bytes)
      layout.prepare(&bytes)
      readAll(file, image, layout, &bytes)
    }
  }
}

private func layout(of shape: ModelShape) -> GuardedLayout {
  GuardedLayout(shape, countermeasures(shape))
}

/// All countermeasures, or on a chip of little RAM those that need the picture only once.
private func countermeasures(_ shape: ModelShape) -> Countermeasures {
  GuardedLayout(shape, .all).total <= Memory.arenaBytes ? .all : .single
}

private func readAll(
  _ file: HostFile, _ image: borrowing ModelImage, _ layout: GuardedLayout,
  _ bytes: inout MutableRawSpan
) {
  var (unharmed, sure, flipped, caught, shortened, noticed) = (0, 0, 0, 0, 0, 0)
  var digest: UInt32 = 0
  // The head of the IDX: whoever starts this has made it.
  for _ in 0..<16 where file.next() == nil {
    stop("error=no header of 16 bytes\n", ExitCode.unreadablePicture)
  }
  while load(file, layout, &bytes) {
    unharmed &+= 1
    if case .sure = read(image, layout, countermeasures(image.shape), .none, &bytes) {
      sure &+= 1
      let arena = bytes.bytes.extracting(layout.arena..<layout.behind)
      digest = crc32(image.logits(in: arena).bytes, after: digest)
    }
    guard load(file, layout, &bytes) else { break }
    flipped &+= 1
    if case .unsure(.listOutOfRange) = read(image, layout, .ranges, .flip(flipped), &bytes) {
      caught &+= 1
    }
    guard load(file, layout, &bytes) else { break }
    shortened &+= 1
    if case .unsure(.stepsOutOfTurn) = read(image, layout, .tokens, .shorten, &bytes) {
      noticed &+= 1
    }
  }
  report("unharmed=", unharmed)
  report(" sure=", sure)
  report(" digest=", Int(bitPattern: UInt(digest)))
  report(" flipped=", flipped)
  report(" caught=", caught)
  report(" shortened=", shortened)
  report(" noticed=", noticed)
  report(" stack=", Stack.highWater)
  stop("\n", ExitCode.success)
}

@inline(never)
private func report(_ name: StaticString, _ value: Int) {
  Host.print(name)
  Host.print(value)
}

/// What is done to a list before it is checked.
private enum Damage {
  case none
  /// A bit is flipped by a number: where it is odd, of one of its first entries, else of what it was made from.
  case flip(Int)
  /// Its last entry is left out.
  case shorten
}

@inline(never)
private func load(
  _ file: HostFile, _ layout: GuardedLayout, _ bytes: inout MutableRawSpan
) -> Bool {
  var picture = bytes._mutatingExtracting(layout.arena..<layout.arena &+ pictureBytes)
  return file.read(pictureBytes, into: &picture)
}

@inline(never)
private func read(
  _ image: borrowing ModelImage, _ layout: GuardedLayout, _ countermeasures: Countermeasures,
  _ damage: Damage, _ bytes: inout MutableRawSpan
) -> GuardedAnswer {
  let own = GuardedLayout(image.shape, countermeasures)
  var guarded = bytes._mutatingExtracting(0..<own.total)
  let sum = FletcherChecksum(
    guarded.bytes.extracting(layout.arena..<layout.arena &+ pictureBytes))
  var observer = Damager(damage: damage)
  return image.classify(
    guarded: &guarded, pictureSum: sum, countermeasures, watchedBy: &observer)
}

/// Damages the first list when it has been made.
private struct Damager: StageObserver {
  let damage: Damage

  mutating func reached(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool {
    guard stage == .listed(0), work.pairs > 0 else { return true }
    switch damage {
    case .none: break
    case .flip(let number):
      if number & 1 == 0 {
        fade(ArenaLayout(image.shape), &bytes)
      } else {
        // Two bytes of a list's start are in use for each entry, at least.
        let offset = 2 &* min(number & 15, work.pairs &- 1) &+ (number &>> 4 & 1)
        let byte = bytes.bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
        bytes.storeBytes(of: byte ^ 1 &<< UInt8(number & 7), toByteOffset: offset, as: UInt8.self)
      }
    case .shorten: work.pairs &-= 1
    }
    return true
  }

  /// Takes the lowest bit that is one from the first feature that is not zero.
  private func fade(_ layout: ArenaLayout, _ bytes: inout MutableRawSpan) {
    for offset in layout.features..<layout.activations {
      let feature = bytes.bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      if feature == 0 { continue }
      bytes.storeBytes(of: feature & (feature &- 1), toByteOffset: offset, as: UInt8.self)
      return
    }
  }

  mutating func checked(
    _ stage: Stage, of image: borrowing ModelImage, _ work: inout WorkingValues,
    _ bytes: inout MutableRawSpan
  ) -> Bool { true }
}
