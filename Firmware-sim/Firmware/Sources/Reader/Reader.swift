import Board
import Int8Runtime

/// Reads the picture that the command line names and prints its digit.
@main
struct Reader {
  static func main() {
    withModelImage { image, arena in
      loadPicture(&arena)
      var clock = InstructionClock()
      image.prepare(&arena)
      let preprocessing = clock.instructions
      clock = InstructionClock()
      let logits = image.classifyPrepared(&arena)
      report(logits, instructions: clock.instructions, preprocessing: preprocessing)
    }
  }
}

private func loadPicture(_ arena: inout MutableRawSpan) {
  let file = namedFile(&arena)
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
