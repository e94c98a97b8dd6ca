import Foundation

/// The firmware `Node` under QEMU, on a socket; it ends with this.
final class RunningNode {
  /// Where its line is.
  let socket: String
  private let process = Process()

  /// Builds it for a board, with an image in its first slot or none, and waits until it listens.
  init(_ board: String, flash: String?, folder: URL) throws {
    socket = folder.appendingPathComponent("line-\(board)").path
    process.executableURL = Firmware.root.appendingPathComponent("Tools/run-firmware")
    process.arguments =
      ["--node", board, "--socket", socket] + (flash.map { ["--flash", $0] } ?? [])
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var line = ""
    while !line.contains("\n") {
      let bytes = output.fileHandleForReading.availableData
      if bytes.isEmpty { throw CocoaError(.fileReadUnknown) }
      line += String(decoding: bytes, as: UTF8.self)
    }
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }
}
