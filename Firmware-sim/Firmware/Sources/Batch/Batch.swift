import Board
import Int8Runtime

/// Reads every picture of the raw IDX file that the command line names. For each one it prints a line
/// of its digit, how many quads of its pixels, pairs of inputs and inputs are not all zero, and the
/// instructions of preprocessing and of classifying; in the end their number and a digest, the CRC-32 of
/// all logits as little-endian Int32.
@main
struct Batch {
  static func main() {
    withModelImage { image, arena in
      readAll(namedFile(&arena), image, &arena)
    }
  }
}

private func readAll(
  _ file: HostFile, _ image: borrowing ModelImage, _ arena: inout MutableRawSpan
) {
  // The magic number says three dimensions of bytes.
  guard readNumber(file) == 0x803, let count = readNumber(file), readNumber(file) == pictureSide,
    readNumber(file) == pictureSide
  else { stop("error=not an IDX of 28x28 pictures\n", ExitCode.unreadablePicture) }
  var digest: UInt32 = 0
  for _ in 0..<count {
    if !file.read(pictureBytes, into: &arena) {
      stop("error=the pictures end early\n", ExitCode.unreadablePicture)
    }
    let quads = nonzero(4, in: arena.bytes, from: 0, to: pictureBytes)
    var clock = InstructionClock()
    image.prepare(&arena)
    let preprocessing = clock.instructions
    let layout = ArenaLayout(image.shape)
    let pairs = nonzero(2, in: arena.bytes, from: layout.features, to: layout.activations)
    let inputs = nonzero(1, in: arena.bytes, from: layout.features, to: layout.activations)
    clock = InstructionClock()
    let logits = image.classifyPrepared(&arena)
    let classifying = clock.instructions
    digest = crc32(logits.bytes, after: digest)
    printLine(logits.argmax, quads, pairs, inputs, preprocessing, classifying)
  }
  Host.print("count=")
  Host.print(count)
  Host.print(" digest=")
  Host.print(Int(bitPattern: UInt(digest)))
  Host.print(" stack=")
  Host.print(Stack.highWater)
  stop("\n", ExitCode.success)
}

/// How many groups of `size` bytes are not all zero.
private func nonzero(_ size: Int, in bytes: RawSpan, from start: Int, to end: Int) -> Int {
  var count = 0
  for group in stride(from: start, to: end, by: size) {
    var any: UInt8 = 0
    for offset in group..<group &+ size {
      any |= bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
    if any != 0 { count &+= 1 }
  }
  return count
}

private func printLine(
  _ digit: Int, _ quads: Int, _ pairs: Int, _ inputs: Int, _ preprocessing: Int,
  _ classifying: Int
) {
  Host.print(digit)
  Host.print(" ")
  Host.print(quads)
  Host.print(" ")
  Host.print(pairs)
  Host.print(" ")
  Host.print(inputs)
  Host.print(" ")
  Host.print(preprocessing)
  Host.print(" ")
  Host.print(classifying)
  Host.print("\n")
}

/// A big-endian number of 31 bits.
private func readNumber(_ file: HostFile) -> Int? {
  var value: UInt32 = 0
  for _ in 0..<4 {
    guard let byte = file.next() else { return nil }
    value = value &<< 8 | UInt32(byte)
  }
  return value < 0x8000_0000 ? Int(bitPattern: UInt(value)) : nil
}
