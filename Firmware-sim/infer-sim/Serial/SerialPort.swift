import CommandLineSupport
import Foundation

/// A line to a node: a terminal device at 115,200 baud, or a Unix socket.
struct SerialPort: ~Copyable {
  /// What the command line calls it.
  let path: String
  private let descriptor: Int32

  /// Opens the line.
  ///
  /// - Throws: why it cannot be opened, or that it is no such thing.
  init(_ path: String) throws(Failure) {
    self.path = path
    var status = stat()
    guard unsafe path.withFileName({ unsafe stat($0, &status) }) == 0 else {
      throw Failure(.noInput, "\(path): no such port; is the board plugged in?")
    }
    switch status.st_mode & S_IFMT {
    case S_IFSOCK: descriptor = try SerialPort.connected(path)
    case S_IFCHR: descriptor = try SerialPort.terminal(path)
    default:
      throw Failure(
        .data, "\(path): neither a serial port nor a socket; name one, as /dev/ttyACM0")
    }
  }

  deinit { close(descriptor) }

  private static func connected(_ path: String) throws(Failure) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard name.count < room else {
      throw Failure(.data, "\(path): a socket's name has \(room - 1) bytes at most")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    #if os(Linux)
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    // The address is of the size that is said, and outlives the call.
    let end = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(descriptor, $0, size)
      }
    }
    guard descriptor >= 0, end == 0 else {
      if descriptor >= 0 { close(descriptor) }
      throw Failure(.noInput, "\(path): nobody listens there; start Tools/run-firmware --node")
    }
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    return descriptor
  }

  private static func terminal(_ path: String) throws(Failure) -> Int32 {
    let descriptor = unsafe path.withFileName {
      unsafe open($0, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    }
    guard descriptor >= 0 else {
      throw Failure(
        .noInput,
        "\(path): cannot be opened; may you use it (group dialout), and does another program?")
    }
    var settings = termios()
    guard unsafe tcgetattr(descriptor, &settings) == 0 else {
      close(descriptor)
      throw Failure(.data, "\(path): not a serial port; name one, as /dev/ttyACM0")
    }
    unsafe cfmakeraw(&settings)
    settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
    settings.c_cflag &= ~tcflag_t(CSTOPB)
    _ = unsafe cfsetspeed(&settings, speed_t(B115200))
    guard unsafe tcsetattr(descriptor, TCSANOW, &settings) == 0 else {
      close(descriptor)
      throw Failure(.io, "\(path): cannot be set to 115,200 baud; try another port or adapter")
    }
    // What came before is not for us.
    tcflush(descriptor, TCIOFLUSH)
    return descriptor
  }

  /// Waits until it can be read or written.
  ///
  /// - Returns: false if it cannot in so many milliseconds.
  private func wait(_ events: Int32, milliseconds: Int32) throws(Failure) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    // One entry, which outlives the call.
    let count = unsafe poll(&entry, 1, milliseconds)
    if count < 0 && errno != EINTR { throw lost() }
    return count > 0
  }

  private func lost() -> Failure {
    Failure(.io, "\(path): the line is gone; is the board still plugged in?")
  }

  /// Bytes that have come, or none in so many milliseconds.
  func read(milliseconds: Int32) throws(Failure) -> [UInt8] {
    guard try wait(Int32(POLLIN), milliseconds: milliseconds) else { return [] }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      // No more than the buffer has room for.
      unsafe Foundation.read(descriptor, buffer.baseAddress, buffer.count)
    }
    if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { throw lost() }
    return Array(bytes.prefix(max(0, count)))
  }

  /// Sends all bytes.
  func write(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard try wait(Int32(POLLOUT), milliseconds: 5000) else {
        throw Failure(.io, "\(path): takes no bytes; is the board running?")
      }
      let count = unsafe rest.withUnsafeBytes { buffer in
        // No more than the buffer holds. A broken socket is an error, not a signal.
        unsafe SerialPort.send(descriptor, buffer)
      }
      if count < 0 && errno != EAGAIN && errno != EINTR { throw lost() }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private static func send(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK {
      #if os(Linux)
        return unsafe Foundation.send(
          descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      #endif
    }
    return unsafe Foundation.write(descriptor, buffer.baseAddress, buffer.count)
  }
}
