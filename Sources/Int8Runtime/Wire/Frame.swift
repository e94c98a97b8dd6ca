/// What goes over a serial line, in either direction:
///
///     A5 5A | kind | sequence | length, 2 bytes | check of these four, 2 bytes | payload | CRC-32, 4 bytes
///
/// Numbers are little-endian. The head has a check of its own, the lower half of its CRC-32, so that a
/// damaged length does not swallow the frames that follow. The CRC at the end is of kind, sequence, length
/// and payload. A payload is whole words.
///
/// A picture of 784 bytes makes a frame of 796, which takes 69 ms at 115,200 baud.
public enum Frame {
  /// The first two bytes.
  public static let sync: (UInt8, UInt8) = (0xA5, 0x5A)
  /// What stands before the payload.
  public static let headBytes = 8
  /// All bytes around a payload.
  public static let overhead = headBytes + 4
  /// All bytes of a frame with a picture.
  public static let pictureFrameBytes = pictureBytes + overhead
  /// The longest silence within a frame, in milliseconds: more than the 16 that a USB adapter may hold
  /// bytes back for, and less than a picture takes.
  public static let patienceMilliseconds: UInt32 = 50
}

/// What a frame's head says.
public struct FrameHead: Sendable, Equatable {
  /// Its four bytes, the first one lowest.
  let word: UInt32

  /// A ``Request``, or the kind of an answer to one.
  public var kind: UInt8 { UInt8(truncatingIfNeeded: word) }
  /// Chosen by whoever asks; the answer has the same.
  public var sequence: UInt8 { UInt8(truncatingIfNeeded: word &>> 8) }
  /// The payload's bytes.
  public var length: UInt16 { UInt16(truncatingIfNeeded: word &>> 16) }

  /// A head.
  public init(kind: UInt8, sequence: UInt8, length: UInt16) {
    word = UInt32(kind) | UInt32(sequence) &<< 8 | UInt32(length) &<< 16
  }

  /// The head whose four bytes are these.
  init(word: UInt32) { self.word = word }

  /// The start of the frame's CRC.
  var crc: IncrementalCRC {
    var crc = IncrementalCRC()
    crc.add(word)
    return crc
  }

  /// The head's own check.
  var check: UInt16 { UInt16(truncatingIfNeeded: crc.value) }
}

/// What a node is asked. An answer is of the same kind with ``answer`` added, a refusal with
/// ``refusal``.
public enum Request: UInt8, Sendable {
  /// Who is there? Answered by the words of ``Identity``, the image's header and its class names.
  case identify = 1
  /// A picture. Answered by its class, the ticks that it took and the logits.
  case classify
  /// Answered by the ticks of the last classification: all, and of each reading preprocessing, hidden
  /// and output layer.
  case profile
  /// The length of an image that will come: erases the other slot. Answered by the bytes it has room for.
  case begin
  /// An offset in the image, and bytes for it. Answered by the bytes written so far.
  case write
  /// The image is complete: it is checked, and booted from now on. Answered by its slot.
  case commit
  /// Answered by the words of ``NodeCounter``.
  case status
  /// Answered, and then the node starts again.
  case restart
  /// A picture, classified without countermeasures: what they are measured against.
  case classifyUnguarded

  /// Added to the kind of a request in its answer.
  public static let answer: UInt8 = 0x80
  /// Added to the kind of a request in its refusal, whose payload is a word of ``Refusal`` and its detail.
  public static let refusal: UInt8 = 0xC0
}

/// Why a node does not do what it is asked: the lowest byte of a word, and behind it a detail.
public enum Refusal: UInt8, Error, Sendable {
  /// It knows no such request.
  case unknownRequest = 1
  /// The payload is not as long as the request wants it.
  case wrongLength
  /// There is no image that opens and passes its self-test.
  case noImage
  /// A check failed; the detail is the ``DetectedFault``.
  case withheld
  /// The image is not the one that was booted; it starts again.
  case imageChanged
  /// No update has begun.
  case noUpdate
  /// The bytes are not those that come next.
  case wrongOffset
  /// The flash would not be erased or programmed; the detail is the ``FlashWriteError``.
  case flash
  /// The image is longer than a slot, or not as long as was said.
  case wrongImageLength
  /// What was written is not an image that opens; the detail is the ``ModelImageError``.
  case badImage
}

/// The words at the start of the answer to ``Request/identify``.
public enum Identity: Int, Sendable {
  /// The version of this protocol, ``protocolVersion``.
  case version
  /// 0 for the first slot, 1 for the second.
  case slot
  /// Ticks a second of the clock that classifications are measured with.
  case ticksPerSecond
  /// The longest image that a slot holds, in bytes.
  case room

  /// The version of this protocol.
  public static let protocolVersion: UInt32 = 1
}

/// The words of the answer to ``Request/status``, in this order. The first eight survive a reset.
public enum NodeCounter: Int, Sendable {
  /// Starts since power came.
  case boots
  /// Of them, by the watchdog.
  case watchdogResets
  /// Of them, after a fault of the processor.
  case hardFaults
  /// Of them, because somebody asked for it or the image was lost.
  case restarts
  /// The ``Stage/number`` that was reached when the watchdog or a fault struck last.
  case lastStage
  /// Classifications without an answer, since a check failed.
  case withheld
  /// The ``DetectedFault`` of the last of them.
  case lastDetected
  /// Rounds of the scrubber that found damage.
  case damagedRounds
  /// Frames dropped since the start.
  case droppedFrames
  /// Pictures answered since the start.
  case classified
  /// Rounds of the scrubber that found nothing, since the start.
  case soundRounds
  /// The deepest the stack has been, in bytes.
  case stack
}
