/// How a command ends, in the numbers of BSD's `sysexits.h`, so that a script can tell a wrong
/// option from a wrong file and a wrong file from a full disk.
package enum ExitCode: Int32, Sendable, CaseIterable {
  /// It did what was asked.
  case success = 0

  /// It was called wrongly: an unknown option, a value out of range.
  case usage = 64

  /// An input file is there but is not what it should be.
  case data = 65

  /// An input file is not there or may not be read.
  case noInput = 66

  /// A program that this needs is not installed.
  case unavailable = 69

  /// An output file cannot be created where it was asked for.
  case cannotCreate = 73

  /// Reading or writing failed underway: no space left, a closed pipe, a broken disk.
  case io = 74

  /// A closed terminal ended it before its time: 128 and the number of SIGHUP.
  case hungUp = 129

  /// Ctrl-C ended it before its time: 128 and the number of SIGINT.
  case interrupted = 130

  /// Ctrl-\ did: 128 and the number of SIGQUIT.
  case quit = 131

  /// SIGTERM did: 128 and its number.
  case terminated = 143
}
