import CommandLineSupport
import Digits
import Foundation
import Int8Runtime
import Network
import Pipeline

/// The file in which a training is saved while it runs.
final class CheckpointFile {
  /// Where it is: `--checkpoint`, or beside the model image.
  let path: String
  /// Epochs between two checkpoints; 0 for none.
  private(set) var every: Int
  /// What of this training is in the file: the end of the last checkpoint that was written or gone on
  /// from, with its length.
  private var written: FileState?
  /// Whether nobody has yet been told that the file is another training's.
  private var hasWarned = false

  init(_ settings: Settings) {
    path = settings.checkpoint ?? settings.output + ".checkpoint"
    every = settings.checkpointEvery
  }

  /// Refuses, before the work, what could not be written, and what is not ours to replace.
  func prepare(_ request: TrainingRequest, _ settings: Settings) throws(Failure) {
    guard every > 0 else { return }
    if !settings.resume, Folder.kind(path) != nil {
      do throws(Trouble) { _ = try contents() } catch {
        // What cannot be read, or is not there any more, shows when it is written to.
        if let problem = error.problemOfContents {
          throw Failure(
            .cannotCreate,
            "\(path): is there and \(problem); remove it or name another --checkpoint")
        }
      }
    }
    try AtomicFile.check(path, bytes: mostBytes(request))
  }

  /// What the largest checkpoint of a training takes: a teacher's own, or the pupil's with the teacher.
  private func mostBytes(_ request: TrainingRequest) -> Int {
    func vectors(_ hidden: Int) -> Int {
      ParameterLayout(
        inputs: request.inputSpec.inputs, hidden: hidden, classes: request.mostClasses
      ).total
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
    written = FileState(path)
    return checkpoint
  }

  /// Leaves alone what another training has saved there: this one, which begins anew, then saves nothing.
  ///
  /// - Returns: what to tell about it.
  func leaveOthers(alone run: TrainingRun) -> String? {
    guard every > 0, let checkpoint = try? read() else { return nil }
    do throws(CheckpointError) {
      try run.check(checkpoint)
      return nil
    } catch {
      every = 0
      return "\(path): \(error.problem), and is left as it is; this one keeps no checkpoint unless "
        + "--checkpoint names another file"
    }
  }

  private func read() throws(Failure) -> Checkpoint {
    do throws(Trouble) { return try contents() } catch {
      switch error {
      case .checkpoint(let error): throw failure(error)
      case .file(let error) where error.kind == .notFound:
        throw Failure(.noInput, "\(path): no such checkpoint; leave --resume out to begin anew")
      case .file(let error): throw Failure(error)
      }
    }
  }

  private func contents() throws(Trouble) -> Checkpoint {
    let bytes: [UInt8]
    do throws(DigitsError) {
      bytes = try FileBytes.read(path, limit: Checkpoint.maximumBytes)
    } catch { throw .file(error) }
    do throws(CheckpointError) { return try Checkpoint(bytes) } catch { throw .checkpoint(error) }
  }

  /// Replaces the checkpoint. If that fails, the last one is still there and training goes on: what
  /// cannot be saved is not for that reason to be lost. Another training's stays.
  func save(_ checkpoint: Checkpoint) -> String? {
    let epoch = checkpoint.state.epoch
    var isAnothers = false
    do throws(Failure) {
      try AtomicFile.write(checkpoint.bytes, to: path) {
        isAnothers = isTaken(not: checkpoint.identity)
        return !isAnothers
      }
    } catch {
      return "no checkpoint after epoch \(epoch): \(error); training goes on"
    }
    guard isAnothers else {
      written = FileState(path)
      return nil
    }
    defer { hasWarned = true }
    return hasWarned
      ? nil
      : "no checkpoint after epoch \(epoch): \(path) is now another training's; training goes on"
  }

  /// Whether there now is a checkpoint that this training has not written, and of another identity.
  private func isTaken(not own: [IdentityField]) -> Bool {
    guard let other = FileState(path), other != written else { return false }
    do throws(Failure) { return try read().identity != own } catch { return false }
  }

  /// Removes it, if it is of this training: there is nothing left to go on with.
  func remove() {
    if isThere { AtomicFile.remove(path) }
    written = nil
  }

  /// Whether this training's checkpoint is there.
  private var isThere: Bool { written != nil && FileState(path) == written }

  /// How to go on, to follow a sentence about stopping.
  var advice: String { isThere ? "; the same command with --resume goes on from \(path)" : "" }

  /// What is wrong with it, in one line.
  func failure(_ error: CheckpointError) -> Failure {
    var code = ExitCode.data
    let advice: String
    switch error {
    case .otherTraining(let option, _, _):
      if option != "data" && option != "test-data" { code = .usage }
      advice = "give it the same, or begin anew without --resume and with another --checkpoint"
    case .notACheckpoint: advice = "name one with --checkpoint"
    case .unsupportedVersion, .wrongLength, .checksum, .malformed:
      advice = "to begin anew, leave --resume out and remove it or name another --checkpoint"
    }
    return Failure(code, "\(path): \(error.problem); \(advice)")
  }
}

/// Why there is no checkpoint to be had from a file.
private enum Trouble: Error {
  case file(DigitsError)
  case checkpoint(CheckpointError)

  /// What is wrong with what the file holds, in a clause, if that is the trouble.
  var problemOfContents: String? {
    switch self {
    case .file(let error): error.kind == .malformed ? error.problem : nil
    case .checkpoint(let error): error.problem
    }
  }
}

extension CheckpointError {
  /// What is wrong with a checkpoint, in a clause that begins with a verb.
  fileprivate var problem: String {
    switch self {
    case .otherTraining(let option, let was, let now):
      "belongs to another training, with --\(option) \(was), not \(now)"
    case .notACheckpoint: "is not a checkpoint"
    case .unsupportedVersion: "is of another version"
    case .wrongLength: "is damaged (its length is not the one its header gives)"
    case .checksum: "is damaged (CRC-32 differs)"
    case .malformed: "is damaged (a field has a value it cannot have)"
    }
  }
}

/// Tells whether a file is still the one it was: every file that takes a name has a number and a time of
/// its own.
private struct FileState: Equatable {
  private let numbers: [Int]

  init?(_ path: String) {
    var status = stat()
    guard unsafe path.withFileName({ unsafe stat($0, &status) }) == 0 else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    numbers = [
      Int(status.st_dev), Int(truncatingIfNeeded: status.st_ino), Int(status.st_size), time.tv_sec,
      time.tv_nsec,
    ]
  }
}
