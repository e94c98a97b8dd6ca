import Checksums
import Testing

/// The same bytes on another processor: every numeric kernel over fixed inputs, here and as bare metal on
/// an emulated AArch64.
@Suite(
  "On ARM", .enabled(if: BareMetal.missing == nil, Comment(rawValue: BareMetal.missing ?? "")))
struct ARMTests {
  /// What this processor computes, a line for each checksum.
  private static let host = Checksum.all().map { "\($0.name): \($0.value)" }

  @Test("every kernel gives there the bits that it gives here")
  func sameBits() throws {
    let bare = try BareMetal.lists.get().fused
    try #require(bare.count == ARMTests.host.count, "\(bare)")
    for (there, here) in zip(bare, ARMTests.host) { #expect(there == here) }
  }

  @Test("a multiply-add that rounds twice is found, kernel by kernel, and nothing else is")
  func unfused() throws {
    let (fused, unfused) = try BareMetal.lists.get()
    try #require(fused.count == unfused.count, "\(unfused)")
    let differing = zip(fused, unfused).filter { $0 != $1 }.map { $0.0.prefix { $0 != ":" } }
    // Those that are called and not taken into their callers, which are compiled for both lists.
    for name in [
      "hidden forward", "hidden backward, gradient descent", "hidden backward, momentum",
      "hidden backward, AdamW", "biases, AdamW", "output forward", "hidden errors",
      "output backward, gradient descent", "comparing answers",
    ] {
      #expect(differing.contains { $0 == name }, "\(name)")
    }
    // Those without a multiply-add. Deskewing has none, but the digits that it is given are drawn with some.
    for name in ["gathering a batch", "ReLU", "random numbers"] {
      #expect(!differing.contains { $0 == name }, "\(name)")
      #expect(fused.contains { $0.hasPrefix("\(name): ") }, "\(name)")
    }
  }
}

/// The list itself, wherever the tests run.
@Suite("Checksums") struct ChecksumTests {
  @Test("are of different things, and the same when they are computed again")
  func reproducible() {
    let checksums = Checksum.all()
    #expect(Set(checksums.map { "\($0.name)" }).count == checksums.count)
    #expect(Set(checksums.map(\.value)).count == checksums.count)
    #expect(Checksum.all().map(\.value) == checksums.map(\.value))
  }
}
