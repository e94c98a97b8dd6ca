import CommandLineSupport
import Device
import Digits
import Foundation
import Int8Runtime

/// Reads pictures on a node at the end of a line, and holds every logit against the host's.
final class SerialEngine {
  private var node: SerialNode
  private let image: (name: String, bytes: [UInt8])
  private let shape: ModelShape
  /// Who the node is.
  let identity: NodeIdentity
  /// What the command line calls the line.
  let path: String

  /// Connects, updates the node if that is asked for, and sees that it runs the image.
  ///
  /// - Parameters:
  ///   - image: the one that the host has, and its name.
  ///   - isUpdate: whether to send it first.
  init(
    _ path: String, _ device: SimulatedDevice, _ image: (name: String, bytes: [UInt8]),
    isUpdate: Bool, progress: ProgressBar
  ) throws(Failure) {
    var node = try SerialNode(path)
    self.path = path
    self.image = image
    shape = device.shape
    if isUpdate { try NodeUpdate(image).send(to: &node, progress: progress) }
    identity = try SerialEngine.identity(&node, seconds: SerialNode.patience)
    guard identity.runs(image.bytes) else {
      let own = NodeIdentity.summary(Array(image.bytes.prefix(Header.bytes)))
      throw Failure(
        .data,
        "\(path): runs another image (\(NodeIdentity.summary(identity.header))) than \(image.name) "
          + "(\(own)); name its image with --flash, or send this one with --update")
    }
    self.node = node
  }

  /// Asks a node who it is.
  static func identity(
    _ node: inout SerialNode, seconds: Double
  ) throws(Failure) -> NodeIdentity {
    do throws(SerialNode.Complaint) {
      guard let identity = NodeIdentity(try node.ask(.identify, seconds: seconds)) else {
        throw .failure(
          Failure(
            .data,
            "\(node.port.path): speaks another version of the protocol; flash Node of this version")
        )
      }
      return identity
    } catch { throw Failure(error, port: node.port.path) }
  }

  /// Reads a picture.
  ///
  /// - Parameters:
  ///   - expected: the host's logits.
  ///   - name: what to call the picture.
  func read(
    _ picture: [UInt8], expected: HostLogits, name: String
  ) throws(Failure) -> (logits: HostLogits, ticks: Int) {
    let answer: (logits: HostLogits, ticks: Int)
    do throws(SerialNode.Complaint) {
      answer = try node.classify(picture, classes: shape.classes)
    } catch { throw Failure(error, port: node.port.path) }
    guard answer.logits == expected else {
      throw Failure(
        .data,
        "\(node.port.path): other logits than the host's for \(name): \(answer.logits.array), not "
          + "\(expected.array); flash Node again")
    }
    return answer
  }

  /// Reads a data set's digits.
  func read(
    _ digits: DigitSet, on device: inout SimulatedDevice, progress: ProgressBar
  ) throws(Failure) -> DatasetResult {
    var expected: [HostLogits] = []
    do throws(DeviceError) {
      try device.read(digits.pixels.span) { _, reading, _ in expected.append(reading.logits) }
    } catch { throw Failure(error, file: image.name) }
    var result = DatasetResult(count: digits.count)
    for index in 0..<digits.count {
      let pixels = Array(digits.pixels[pictureBytes * index..<pictureBytes * (index + 1)])
      let answer = try read(pixels, expected: expected[index], name: "picture \(index)")
      result.correct += answer.logits.argmax == Int(digits.labels[index]) ? 1 : 0
      result.instructions += answer.ticks
      progress.update(fraction: Double(index) / Double(digits.count), label: "digit \(index)")
    }
    return result
  }

  /// What the node and its line were like, for people.
  ///
  /// - Parameters:
  ///   - ticks: of its clock a picture, in the mean.
  ///   - digits: how many were read.
  func summary(ticks: Double, digits: Int) -> String {
    let milliseconds = ticks / Double(max(1, identity.ticksPerSecond)) * 1000
    return """
      Node at \(path), slot \(identity.slot), \(image.name.escapingControls()): the logits of \
      \(NumberText.count(digits)) pictures are the host's; \(node.repeated) questions were asked again, \
      \(node.withheld) answers withheld.
      \(NumberText.count(Int(ticks))) ticks of its clock a picture, \
      \(NumberText.fixed(milliseconds, decimals: 2)) ms; \
      \(SerialEngine.bytesPerDigit(classes: shape.classes)) bytes on the line: \
      \(NumberText.fixed(digitsPerSecond(ticks: ticks), decimals: 1)) digits a second at 115,200 baud.

      """
  }

  /// What a line at 115,200 baud carries: bytes of a picture and its answer.
  static func bytesPerDigit(classes: Int) -> Int {
    Frame.pictureFrameBytes + Frame.overhead + 8 + 4 * classes
  }

  /// Digits a second at 115,200 baud, ten bits a byte, with the node's ticks for each.
  func digitsPerSecond(ticks: Double) -> Double {
    let line = Double(10 * SerialEngine.bytesPerDigit(classes: shape.classes)) / 115_200
    return 1 / (line + ticks / Double(max(1, identity.ticksPerSecond)))
  }
}

extension Failure {
  /// Why a node has no answer.
  init(_ complaint: SerialNode.Complaint, port: String) {
    switch complaint {
    case .failure(let failure): self = failure
    case .refused(let refusal, let detail):
      let (code, text) = refusal.explanation(detail)
      self.init(code, "\(port): \(text)")
    }
  }
}

extension Refusal {
  /// What to exit with, and one clause for people.
  fileprivate func explanation(_ detail: UInt8) -> (ExitCode, String) {
    switch self {
    case .unknownRequest: (.data, "knows no such request; flash Node of this version")
    case .wrongLength, .wrongOffset: (.data, "takes no such payload; flash Node of this version")
    case .noImage: (.data, "has no image that boots; send one with --update")
    case .withheld:
      (
        .io,
        "withholds its answer: \(DetectedFault(rawValue: detail).map { "\($0.explanation)" } ?? "its class and logits differ"); restart the board, and try another if that does not help"
      )
    case .imageChanged:
      (.io, "its image has changed since it was booted, and it starts again; try again")
    case .noUpdate: (.io, "has forgotten the update; was it reset? Try again")
    case .flash: (.io, "its flash would not be erased or programmed; can this board's be written?")
    case .wrongImageLength: (.data, "has no room for so long an image; train a smaller one")
    case .badImage:
      (
        .io,
        "what was written is no image: \(ModelImageError(rawValue: detail).map { "\($0.explanation)" } ?? "error \(detail)"); try again"
      )
    }
  }
}
