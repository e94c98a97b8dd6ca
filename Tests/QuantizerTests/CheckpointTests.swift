import Int8Runtime
import Network
import Pipeline
import SIMDMath
import Testing

@Suite("The bytes of a checkpoint")
struct CheckpointTests {
  private func checkpoint(teacher: Bool) -> Checkpoint {
    var state = TrainerState()
    state.epoch = 3
    state.step = 30
    state.keptEpoch = 2
    state.bestMetrics.count = 100
    state.bestMetrics.correct = 60
    state.parameters = (0..<3).map { Vector(repeating: Float($0) / 7) }
    state.best = state.parameters.reversed()
    state.moments = [state.best, state.parameters]
    let identity = [IdentityField(name: "hidden", value: "16")]
    return Checkpoint(
      identity: identity, state: state, teacher: teacher ? [Vector(repeating: 2)] : nil)
  }

  private func refusal(_ bytes: [UInt8]) -> CheckpointError? {
    do throws(CheckpointError) {
      _ = try Checkpoint(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test("what is written is read again", arguments: [false, true])
  func roundTrip(teacher: Bool) throws {
    let one = checkpoint(teacher: teacher)
    #expect(try Checkpoint(one.bytes) == one)
  }

  @Test("every flipped bit and every cut is noticed")
  func damage() {
    let bytes = checkpoint(teacher: true).bytes
    for length in 0..<bytes.count { #expect(refusal(Array(bytes[..<length])) != nil) }
    #expect(refusal(bytes + [0]) == .wrongLength)
    for bit in 0..<bytes.count * 8 {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      #expect(refusal(flipped) != nil)
    }
  }

  @Test("other files, other versions and numbers that cannot be have names of their own")
  func names() {
    #expect(refusal([]) == .notACheckpoint && refusal(Array("P5 1 1 255".utf8)) == .notACheckpoint)
    var other = checkpoint(teacher: false)
    var bytes = other.bytes
    bytes[4] = 99
    #expect(refusal(bytes) == .unsupportedVersion)
    other.state.parameters[1][2] = .nan
    #expect(refusal(other.bytes) == .malformed)
  }
}
