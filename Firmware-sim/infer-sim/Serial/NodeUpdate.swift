import CommandLineSupport
import Foundation
import Int8Runtime

/// Sends an image to the slot that a node does not use, and has it boot from there.
struct NodeUpdate {
  /// Bytes of the image in a frame.
  private static let chunk = 512
  /// Seconds that erasing a slot may take, and starting again with it.
  private static let (erasing, booting) = (60.0, 20.0)

  private let name: String
  private let bytes: [UInt8]

  /// An update to an image.
  init(_ image: (name: String, bytes: [UInt8])) { (name, bytes) = image }

  /// Sends it, and waits until the node runs it.
  func send(to node: inout SerialNode, progress: ProgressBar) throws(Failure) {
    do throws(SerialNode.Complaint) {
      _ = try node.ask(.begin, word(bytes.count), seconds: NodeUpdate.erasing)
      for start in stride(from: 0, to: bytes.count, by: NodeUpdate.chunk) {
        let end = min(bytes.count, start + NodeUpdate.chunk)
        _ = try node.ask(.write, word(start) + bytes[start..<end])
        progress.update(
          fraction: Double(start) / Double(bytes.count), label: "update, byte \(start)")
      }
      _ = try node.ask(.commit, seconds: NodeUpdate.booting)
      _ = try node.ask(.restart)
    } catch { throw Failure(error, port: node.port.path) }
    let identity = try SerialEngine.identity(&node, seconds: NodeUpdate.booting)
    guard identity.runs(bytes) else {
      throw Failure(
        .io,
        "\(node.port.path): has taken \(name), and has not booted it; is its memory large enough?")
    }
    progress.note(
      "\(node.port.path): runs \(name), \(NumberText.count(bytes.count)) bytes, from slot \(identity.slot)"
    )
  }

  private func word(_ value: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt32(value))
    return bytes
  }
}
