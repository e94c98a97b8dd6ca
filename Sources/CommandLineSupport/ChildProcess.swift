import Foundation
import Synchronization

/// Another program at work, in a process group of its own, for no longer than it is given.
///
/// It is started with signals as a person's shell would set them. Of our files it is handed three; the
/// others are opened such that nobody inherits them. When this object goes, so does the program and whatever
/// it has started.
package final class ChildProcess {
  /// How a program came to its end.
  package enum End: Equatable, Sendable {
    /// On its own, with this status.
    case exited(Int32)
    /// By this signal, which somebody else sent.
    case signaled(Int32)
    /// We ended it: its time was over.
    case overtime
    /// We ended it because we were asked to stop.
    case stopped
  }

  private let id: pid_t
  private var isWaitedFor = false
  /// Held while a program is started, or a pipe made that none but one is to inherit.
  private static let turn = Mutex(())

  /// Starts a program; nil descriptors are `/dev/null`.
  ///
  /// - Parameters:
  ///   - program: its path.
  ///   - arguments: behind its own name.
  /// - Throws: ``ExitCode/io`` with the system's reason.
  package init(
    _ program: String, _ arguments: [String], input: Int32? = nil, output: Int32? = nil,
    error: Int32? = nil
  ) throws(Failure) {
    var id: pid_t = 0
    let code = ChildProcess.spawn(&id, program, arguments, [input, output, error])
    guard code == 0 else {
      throw Failure(.io, "\(program): cannot be started: \(reason(code))")
    }
    self.id = id
  }

  deinit {
    if !isWaitedFor { _ = terminate() }
  }

  /// Waits for the program to end, and ends it when its time is over or `stop` says so.
  ///
  /// - Parameter stop: asked a hundred times a second.
  package func wait(seconds: Double, stop: () -> Bool = { false }) -> End {
    if let end = ended(within: seconds, unless: stop) { return end }
    let wasStopped = stop()
    // It may have ended at the last moment.
    if case .exited(let status)? = terminate(), !wasStopped { return .exited(status) }
    return wasStopped ? .stopped : .overtime
  }

  /// Asks the program and all that it has started to end, and two seconds later makes them.
  private func terminate() -> End? {
    kill(-id, SIGTERM)
    let end = ended(within: 2, unless: { false })
    // Others of its group may still be there, and one that cannot be ended is not waited for.
    kill(-id, SIGKILL)
    return end ?? ended(within: 2, unless: { false })
  }

  private func ended(within seconds: Double, unless stop: () -> Bool) -> End? {
    let due = monotonicSeconds() + seconds
    var pause: UInt32 = 100
    while true {
      var status: Int32 = 0
      let answer = unsafe waitpid(id, &status, WNOHANG)
      if answer == id {
        isWaitedFor = true
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .signaled(signal)
      }
      if answer < 0, errno != EINTR {
        isWaitedFor = true
        return .exited(-1)
      }
      if stop() || monotonicSeconds() >= due { return nil }
      usleep(pause)
      pause = min(2 * pause, 10_000)
    }
  }

  #if canImport(Darwin)
    private typealias FileActions = posix_spawn_file_actions_t?
    private typealias Attributes = posix_spawnattr_t?
  #else
    private typealias FileActions = posix_spawn_file_actions_t
    private typealias Attributes = posix_spawnattr_t
  #endif

  /// - Returns: 0, or the system's number for what is wrong.
  private static func spawn(
    _ id: inout pid_t, _ program: String, _ arguments: [String], _ streams: [Int32?]
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: FileActions = nil
      var attributes: Attributes = nil
    #else
      var actions = unsafe FileActions()
      var attributes = Attributes()
    #endif
    var code = unsafe posix_spawn_file_actions_init(&actions)
    guard code == 0 else { return code }
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    code = unsafe posix_spawnattr_init(&attributes)
    guard code == 0 else { return code }
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // Both are initialized.
    unsafe connect(streams, &actions)
    unsafe setApart(&attributes)
    // A parent that ignored this would have the system forget how its children ended.
    _ = signal(SIGCHLD, SIG_DFL)
    let words = unsafe ([program] + arguments).map { unsafe $0.withFileName { unsafe strdup($0) } }
    defer { unsafe words.forEach { unsafe free($0) } }
    return turn.withLock { _ in
      unsafe program.withFileName {
        unsafe posix_spawn(&id, $0, &actions, &attributes, words + [nil], environ)
      }
    }
  }

  /// Has the program get these descriptors as its own 0, 1, 2 ...; nil is `/dev/null`. The actions have
  /// been initialized.
  @unsafe private static func connect(_ streams: [Int32?], _ actions: inout FileActions) {
    for (stream, descriptor) in streams.enumerated() {
      let number = Int32(stream)
      if let descriptor {
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      } else {
        unsafe posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_RDWR, 0)
      }
    }
  }

  /// Puts the program in a process group of its own, with no signal blocked and none ignored. The
  /// attributes have been initialized.
  @unsafe private static func setApart(_ attributes: inout Attributes) {
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    unsafe sigemptyset(&usual)
    for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ, SIGCHLD] {
      unsafe sigaddset(&usual, number)
    }
    unsafe posix_spawnattr_setsigdefault(&attributes, &usual)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    #if canImport(Darwin)
      flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
    #endif
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  }
}

extension ChildProcess {
  /// Where a program is found in the folders of `searchPath`, which colons separate; nil is `$PATH`. A folder
  /// that depends on where one stands could hold anything, and is left out.
  package static func find(_ name: String, in searchPath: String? = nil) -> String? {
    (searchPath ?? String(environment: "PATH") ?? "/usr/bin:/bin").split(separator: ":")
      .filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }
      .first { path in unsafe path.withFileName { unsafe access($0, X_OK) } == 0 }
  }

  /// A pipe whose ends no program inherits unless it is handed one.
  ///
  /// - Throws: ``ExitCode/io`` if there are too many open files.
  package static func pipe() throws(Failure) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    // Nobody is started before both ends are marked.
    let code = turn.withLock { _ in
      #if canImport(Darwin)
        let code = Darwin.pipe(&ends)
      #else
        let code = unsafe Glibc.pipe(&ends)
      #endif
      for end in ends where code == 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return code
    }
    guard code == 0 else {
      let problem = errno
      let advice = problem == EMFILE ? "; raise the limit (ulimit -n)" : ""
      throw Failure(.io, "no pipe to another program: \(reason(problem))\(advice)")
    }
    return (ends[0], ends[1])
  }
}
