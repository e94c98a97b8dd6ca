import CommandLineSupport
import Foundation
import Int8Runtime

/// A node at the end of a line: asks, and asks again where no answer comes.
struct SerialNode: ~Copyable {
  /// Why a node has no answer.
  enum Complaint: Error {
    case refused(Refusal, detail: UInt8)
    case failure(Failure)
  }

  /// How often a question is asked.
  static let tries = 3
  /// How long an answer may take, in seconds: a picture is 69 ms on the line and a slow chip reads it in 200.
  static let patience = 2.0

  let port: SerialPort
  private var decoder = FrameDecoder(patience: Frame.patienceMilliseconds * 1000)
  private var payload = [UInt8](repeating: 0, count: 4096)
  private var sequence: UInt8
  /// Bytes and frames that were no answer, since the last answer.
  private var strayBytes = 0
  /// Questions asked again.
  private(set) var repeated = 0
  /// Answers withheld by a node's checks, and asked for again.
  private(set) var withheld = 0

  init(_ path: String) throws(Failure) {
    port = try SerialPort(path)
    sequence = UInt8.random(in: 0...255)
  }

  /// Asks, and gives back the payload of the answer.
  ///
  /// - Parameter seconds: how long the answer may take.
  mutating func ask(
    _ request: Request, _ payload: [UInt8] = [], seconds: Double = SerialNode.patience
  ) throws(Complaint) -> [UInt8] {
    strayBytes = 0
    for turn in 0..<SerialNode.tries {
      if turn > 0 { repeated += 1 }
      // Another number each time: a late answer to the first question is not taken for one to the second.
      sequence &+= 1
      do throws(Failure) {
        try port.write(Frame.bytes(request, sequence: sequence, payload))
      } catch { throw .failure(error) }
      if let answer = try answer(to: request, seconds: seconds) { return answer }
    }
    throw .failure(silence(seconds))
  }

  private func silence(_ seconds: Double) -> Failure {
    let tries = "\(SerialNode.tries) tries of \(Int(seconds)) s"
    if strayBytes > 0 {
      return Failure(
        .data,
        "\(port.path): what comes is no answer (\(strayBytes) bytes in \(tries)); does Node run there, "
          + "at 115,200 baud?")
    }
    return Failure(
      .io,
      "\(port.path): no answer in \(tries); is Node on the board, and is it the right port?")
  }

  private mutating func answer(
    to request: Request, seconds: Double
  ) throws(Complaint) -> [UInt8]? {
    let end = Date.timeIntervalSinceReferenceDate + seconds
    while true {
      let left = end - Date.timeIntervalSinceReferenceDate
      if left <= 0 { return nil }
      let bytes: [UInt8]
      do throws(Failure) {
        bytes = try port.read(milliseconds: Int32(max(1, left * 1000)))
      } catch { throw .failure(error) }
      for byte in bytes {
        strayBytes += 1
        guard let head = decode(byte), head.sequence == sequence else { continue }
        let body = Array(payload.prefix(Int(head.length)))
        if head.kind == request.rawValue + Request.answer { return body }
        guard head.kind == request.rawValue + Request.refusal, body.count == 4 else { continue }
        guard let refusal = Refusal(rawValue: body[0]) else {
          throw .failure(
            Failure(.data, "\(port.path): refuses for reason \(body[0]), which is unknown here"))
        }
        throw .refused(refusal, detail: body[1])
      }
    }
  }

  private mutating func decode(_ byte: UInt8) -> FrameHead? {
    let now = UInt32(truncatingIfNeeded: Int64(Date.timeIntervalSinceReferenceDate * 1_000_000))
    var decoder = decoder
    defer { self.decoder = decoder }
    var span = payload.mutableSpan
    var bytes = unsafe span.mutableBytes
    switch decoder.take(byte, at: now, into: &bytes) {
    case .frame(let head, _), .repeated(let head, _): return head
    default: return nil
    }
  }

  /// Asks for a picture's logits; an answer that the node's checks withhold is asked for again.
  mutating func classify(
    _ picture: [UInt8], classes: Int
  ) throws(Complaint) -> (logits: HostLogits, ticks: Int) {
    var turn = 0
    while true {
      turn += 1
      do throws(Complaint) {
        let answer = try ask(.classify, picture)
        guard answer.count == 8 + 4 * classes else {
          throw .failure(
            Failure(.data, "\(port.path): answers with \(answer.count) bytes; is it another image?")
          )
        }
        let words = unsafe answer.span.bytes
        var logits = HostLogits(count: classes)
        for index in 0..<classes {
          logits[index] = Int32(bitPattern: words.littleEndianWord(at: 8 + 4 * index))
        }
        // The node says its class as well: one of the two is wrong if they differ.
        if logits.argmax == Int(words.littleEndianWord(at: 0)) {
          return (logits, Int(words.littleEndianWord(at: 4)))
        }
        if turn == SerialNode.tries { throw .refused(.withheld, detail: 0) }
      } catch {
        guard case .refused(.withheld, _) = error, turn < SerialNode.tries else { throw error }
      }
      withheld += 1
    }
  }
}
