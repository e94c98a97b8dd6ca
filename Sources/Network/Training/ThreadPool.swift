import Synchronization
import Threads

/// Work in phases, each done by all workers of a thread pool at once.
protocol PooledJob: AnyObject {
  /// What worker number `worker` does of a phase.
  func perform(phase: Int, worker: Int)
}

/// A few threads that do phases of a job together; the caller is the first of them. Where the system
/// gives fewer than were asked for, those there are do all the work.
///
/// Phases are short (tens of microseconds), so the others wait in a loop before they yield.
final class ThreadPool: Sendable {
  /// How many threads take part, the caller included.
  let size: Int
  private let board: Board

  /// - Parameter size: how many threads to take part at most, the caller included.
  init(size: Int) {
    precondition(size >= 1)
    let board = Board()
    var started = 1
    while started < size {
      let worker = started
      guard startDetachedThread({ board.serve(worker) }) else { break }
      started += 1
    }
    self.size = started
    self.board = board
  }

  deinit { board.dismiss() }

  /// Runs a phase and returns when every worker is done with it.
  func run(_ job: any PooledJob, phase: Int) {
    board.announce(job, phase)
    job.perform(phase: phase, worker: 0)
    board.await(workers: size - 1)
  }
}

/// What the workers of a thread pool have in common.
private final class Board: @unchecked Sendable {
  // Written by the caller before `round` is raised, read by workers after they saw it raised; and the
  // caller waits for all of them before it writes again.
  private var job: (any PooledJob)?
  private var phase = 0
  private let round = Atomic<Int>(0)
  private let done = Atomic<Int>(0)

  func announce(_ job: any PooledJob, _ phase: Int) {
    self.job = job
    self.phase = phase
    done.store(0, ordering: .relaxed)
    round.add(1, ordering: .releasing)
  }

  func await(workers: Int) {
    var patience = Patience()
    while done.load(ordering: .acquiring) < workers { patience.wait() }
    job = nil
  }

  func dismiss() { round.store(-1, ordering: .releasing) }

  func serve(_ worker: Int) {
    var seen = 0
    while true {
      var patience = Patience()
      var now = round.load(ordering: .acquiring)
      while now == seen {
        patience.wait()
        now = round.load(ordering: .acquiring)
      }
      if now < 0 { return }
      seen = now
      job?.perform(phase: phase, worker: worker)
      done.add(1, ordering: .releasing)
    }
  }
}
