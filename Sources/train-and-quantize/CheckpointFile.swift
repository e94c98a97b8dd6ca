import Console
import Digits
import Foundation
import Int8Runtime
import Network
import Recipe

/// The file in which a training is kept while it runs.
final class CheckpointFile {
  /// Where it is: `--checkpoint`, or beside the flash image.
  let path: String
  /// Epochs between two checkpoints.
  let every: Int
  /// Whether there is a checkpoint of this training.
  private var isKept = false

  init(_ settings: Settings) {
    path = settings.checkpoint ?? settings.output + ".checkpoint"
    every = settings.checkpointEvery
  }

  /// Refuses, before the work, what could not be written, and what is not ours to replace.
  func prepare(_ request: TrainingRequest, _ settings: Settings) throws(Failure) {
    guard every > 0 else { return }
    guard path != settings.output, path != settings.sample else {
      throw Failure(.usage, "--checkpoint names another of its files, \(path); name a third")
    }
    if !settings.resume, FileManager.default.fileExists(atPath: path) {
      let isOurs: Bool
      do throws(Failure) {
        _ = try read()
        isOurs = true
      } catch {
        isOurs = error.code != .data
      }
      guard isOurs else {
        throw Failure(
          .cannotCreate,
          "\(path): is there and is no whole checkpoint; remove it or name another --checkpoint")
      }
    }
    try AtomicFile.check(path, bytes: mostBytes(request))
  }

  /// What the largest checkpoint of a training takes: a teacher's own, or the pupil's with the teacher.
  private func mostBytes(_ request: TrainingRequest) -> Int {
    func vectors(_ hidden: Int) -> Int {
      ParameterLayout(inputs: request.contract.inputs, hidden: hidden).total
    }
    let moments = request.plan.optimizer.moments
    let teacher = request.teacher.map(vectors) ?? 0
    return max(
      Checkpoint.bytes(
        text: 1024, vectors: vectors(request.hidden), moments: moments, teacher: teacher),
      Checkpoint.bytes(text: 1024, vectors: teacher, moments: moments, teacher: 0))
  }

  /// What an earlier run has left there.
  func load(for run: TrainingRun) throws(Failure) -> Checkpoint {
    let checkpoint = try read()
    do throws(CheckpointError) { try run.check(checkpoint) } catch { throw failure(error) }
    isKept = true
    return checkpoint
  }

  private func read() throws(Failure) -> Checkpoint {
    let bytes: [UInt8]
    do throws(DigitsError) {
      bytes = try FileBytes.read(path, limit: Checkpoint.maximumBytes)
    } catch {
      if error.kind == .notFound {
        throw Failure(.noInput, "\(path): no such checkpoint; leave --resume out to begin anew")
      }
      throw Failure(error)
    }
    do throws(CheckpointError) { return try Checkpoint(bytes) } catch { throw failure(error) }
  }

  /// Replaces the checkpoint. If that fails, the last one is still there and training goes on: what
  /// cannot be kept is not for that reason to be lost.
  func save(_ checkpoint: Checkpoint) -> String? {
    do throws(Failure) {
      try AtomicFile.write(checkpoint.bytes, to: path)
      isKept = true
      return nil
    } catch {
      return "no checkpoint after epoch \(checkpoint.state.epoch): \(error); training goes on"
    }
  }

  /// Removes it, if it is of this training: there is nothing left to go on with.
  func remove() { if isKept { unlink(path) } }

  /// How to go on, to follow a sentence about stopping.
  var advice: String { isKept ? "; the same command with --resume goes on from \(path)" : "" }

  /// What is wrong with it, in one line.
  func failure(_ error: CheckpointError) -> Failure {
    switch error {
    case .otherTraining(let option, let was, let now):
      Failure(
        option == "data" || option == "test-data" ? .data : .usage,
        "\(path): belongs to a training with --\(option) \(was), not \(now); give it the same, or "
          + "leave --resume out to begin anew")
    case .notACheckpoint:
      Failure(.data, "\(path): is not a checkpoint; name one with --checkpoint")
    case .unsupportedVersion:
      Failure(.data, "\(path): is of another version; leave --resume out to begin anew")
    case .wrongLength, .checksum, .malformed:
      Failure(.data, "\(path): is damaged; leave --resume out and begin with another --checkpoint")
    }
  }
}
