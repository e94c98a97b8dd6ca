// Compiled into one module with the checksums.

/// Prints a line for each checksum: its name, a colon, and the number.
@c(printChecksums)
func printChecksums() {
  for checksum in Checksum.all() {
    Host.print(checksum.name)
    Host.print(": ")
    Host.print(Int(checksum.value))
    Host.print("\n")
  }
  Host.exit(ExitCode.success)
}
