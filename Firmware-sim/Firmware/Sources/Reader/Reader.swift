import Board
import Int8Runtime

/// Reads the picture that the command line names and prints its digit.
@main
struct Reader {
  static func main() {
    do {
      let image = try ModelImage(Memory.modelImage)
      let total = ArenaLayout(image.shape).total
      if total > Memory.arenaBytes { stop("error=out-of-memory\n", ExitCode.outOfMemory) }
      var arena = Memory.arena(total)
      try image.selfTest(&arena)
      loadPicture(&arena)
      var clock = InstructionClock()
      image.prepare(&arena)
      let preprocessing = clock.instructions
      clock = InstructionClock()
      let logits = image.classifyPrepared(&arena)
      report(logits, instructions: clock.instructions, preprocessing: preprocessing)
    } catch {
      Host.print("error=flash-image reason=")
      Host.print(Int(error.rawValue))
      stop("\n", error == .selfTestFailed ? ExitCode.selfTestFailed : ExitCode.damagedImage)
    }
  }
}

private func loadPicture(_ arena: inout MutableRawSpan) {
  // The picture's name stands where the picture will, which is read only after the file is open.
  if !Host.commandLine(into: &arena) { stop("error=usage\n", ExitCode.usage) }
  guard let file = HostFile(secondWordOf: arena.bytes) else {
    stop("error=no-such-file\n", ExitCode.noInput)
  }
  if !readPicture(file, into: &arena) {
    stop("error=not a 28x28 PGM (P5, maxval 255)\n", ExitCode.unreadablePicture)
  }
}

private func report(_ logits: borrowing Logits, instructions: Int, preprocessing: Int) {
  Host.print("digit=")
  Host.print(logits.argmax)
  Host.print(" logits=")
  for index in 0..<logits.count {
    if index > 0 { Host.print(",") }
    Host.print(Int(logits[index]))
  }
  Host.print(" instructions=")
  Host.print(instructions)
  Host.print(" preprocessing=")
  Host.print(preprocessing)
  Host.print(" stack=")
  Host.print(Stack.highWater)
  stop("\n", ExitCode.success)
}
