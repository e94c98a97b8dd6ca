import CommandLineSupport
import Foundation

/// An open file descriptor that closes itself.
struct ByteStream: ByteSource, ~Copyable {
  let file: String
  /// The system's handle.
  let descriptor: Int32
  /// Known for regular files.
  let size: Int?

  /// Opens a file for reading.
  init(opening path: String) throws(DigitsError) {
    // Without waiting: opening a pipe that nobody writes to would never return.
    let descriptor = unsafe path.withFileName { unsafe open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    guard descriptor >= 0 else { throw ByteStream.failure(path, errno) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0 else {
      let code = errno
      close(descriptor)
      throw ByteStream.failure(path, code)
    }
    let type = facts.st_mode & S_IFMT
    guard type != S_IFDIR else {
      close(descriptor)
      throw ByteStream.failure(path, EISDIR)
    }
    self.init(
      file: path, adopting: descriptor, size: type == S_IFREG ? Int(facts.st_size) : nil)
  }

  /// Takes over a descriptor that is open already.
  init(file: String, adopting descriptor: Int32, size: Int?) {
    self.file = file
    self.descriptor = descriptor
    self.size = size
  }

  /// For how many bytes room is made before they come, where nobody knows how many will: MNIST fits.
  private static let mostReserved = 1 << 26

  deinit { close(descriptor) }

  func read(upTo count: Int, into bytes: inout [UInt8]) throws(DigitsError) {
    var wanted = count
    // Room that stays empty takes no memory; where there is not that much, it is made as bytes come.
    let room = bytes.count + min(count, size ?? ByteStream.mostReserved)
    if Memory.has(room) { bytes.reserveCapacity(room) }
    // No larger than a small file, of which there may be many; some that have bytes say they have none.
    let most = size.map { max(4096, $0 + 1) } ?? count
    var chunk = [UInt8](repeating: 0, count: min(count, most, 1 << 18))
    while wanted > 0 {
      if size == nil { try awaitBytes() }
      let most = min(wanted, chunk.count)
      let got = unsafe chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Darwin)
          Darwin.read(descriptor, buffer.baseAddress, most)
        #else
          unsafe Glibc.read(descriptor, buffer.baseAddress, most)
        #endif
      }
      if got < 0 {
        if errno == EINTR { continue }
        guard errno == EAGAIN else { throw ByteStream.failure(file, errno) }
        // Some of the system's files look regular, and are read as if they were pipes.
        if size != nil { try awaitBytes() }
        continue
      }
      if got == 0 { return }
      if bytes.count + got > bytes.capacity {
        let room = max(2 * bytes.capacity, bytes.count + got)
        guard Memory.has(room) else { throw DigitsError.noMemory(file) }
        bytes.reserveCapacity(room)
      }
      bytes.append(contentsOf: chunk[..<got])
      wanted -= got
    }
  }

  /// The first bytes of a regular file, which stay to be read; nil for what can be read only once.
  func firstBytes(_ count: Int) -> [UInt8]? {
    guard size != nil else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    let got = unsafe pread(descriptor, &bytes, count, 0)
    return got < 0 ? nil : Array(bytes[..<got])
  }

  private func awaitBytes() throws(DigitsError) {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&request, 1, FileBytes.patience)
    if ready == 0 {
      throw DigitsError(
        kind: .unreadable, file: file, problem: "nothing arrived for ten seconds",
        advice: "give a file, or a pipe that something writes to")
    }
  }

  static func failure(_ path: String, _ code: Int32) -> DigitsError {
    switch code {
    case ENOENT, ENOTDIR:
      DigitsError(
        kind: .notFound, file: path, problem: "no such file", advice: "check the path")
    case EISDIR:
      DigitsError(
        kind: .isDirectory, file: path, problem: "is a folder", advice: "name a file in it")
    case EMFILE, ENFILE:
      DigitsError(
        kind: .exhausted, file: path, problem: "cannot be opened: too many open files",
        advice: "raise the limit (ulimit -n)")
    case EACCES, EPERM:
      DigitsError(
        kind: .unreadable, file: path, problem: "may not be read",
        advice: "change its permissions with chmod")
    default:
      unsafe DigitsError(
        kind: .unreadable, file: path, problem: String(cString: strerror(code)),
        advice: "check the path and the device it is on")
    }
  }
}
