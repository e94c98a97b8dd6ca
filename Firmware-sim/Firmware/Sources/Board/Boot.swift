import Int8Runtime

/// Opens the model image, has it test itself in the arena, and hands both on. An image that is damaged or does not fit
/// ends the emulation with its exit code.
///
/// - Parameters:
///   - arenaBytes: how much memory is needed.
///   - body: what to do then.
@inline(__always)
package func withModelImage(
  arenaBytes: (ModelShape) -> Int = { ArenaLayout($0).total },
  _ body: (borrowing ModelImage, inout MutableRawSpan) -> Void
) {
  do throws(ModelImageError) {
    let image = try ModelImage(Memory.modelImage)
    let total = arenaBytes(image.shape)
    if total > Memory.arenaBytes { stop("error=out-of-memory\n", ExitCode.outOfMemory) }
    var arena = Memory.arena(total)
    try image.selfTest(&arena)
    body(image, &arena)
  } catch {
    Host.print("error=flash-image reason=")
    Host.print(Int(error.rawValue))
    stop("\n", error == .selfTestFailed ? ExitCode.selfTestFailed : ExitCode.damagedImage)
  }
}

/// The file that the command line names, whose words stand in the arena only until it is open.
@inline(__always)
package func namedFile(_ arena: inout MutableRawSpan) -> HostFile {
  if !Host.commandLine(into: &arena) { stop("error=usage\n", ExitCode.usage) }
  guard let file = HostFile(secondWordOf: arena.bytes) else {
    stop("error=no-such-file\n", ExitCode.noInput)
  }
  return file
}
