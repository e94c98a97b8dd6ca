import Digits
import Foundation
import Int8Runtime
import TestImages
import Testing

extension UnderQEMU {
  /// The firmware at the end of a wire.
  @Suite("Node") struct NodeTests {
    /// The boards that it is for, each with its own kind of UART or processor.
    static let boards = ["mps2-an386", "microbit", "stm32vldiscovery", "netduinoplus2"]

    private let folder: URL

    init() throws { folder = try Firmware.folder() }

    private func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
      let file = folder.appendingPathComponent(name)
      try Data(bytes).write(to: file)
      return file.path
    }

    /// A folder of test digits as a data set has them.
    private func dataset(_ count: Int) throws {
      let set = Handwriting(seed: 6).set(count: count)
      _ = try write(imagesFile(Array(set.pixels)), "t10k-images-idx3-ubyte")
      let number = [UInt8(count >> 8), UInt8(count & 255)]
      // The magic number says one dimension of bytes.
      _ = try write([0, 0, 8, 1, 0, 0] + number + set.labels, "t10k-labels-idx1-ubyte")
    }

    private func ask(_ arguments: [String], at socket: String) throws -> InferSim.Result {
      try InferSim.run(["--engine", "serial", "--port", socket] + arguments)
    }

    @Test("reads digits over its own UART with the host's logits", arguments: boards)
    func sameLogits(board: String) throws {
      let flash = try write(try randomImage(hidden: 32), "digits.flash")
      let node = try RunningNode(board, flash: flash, folder: folder)
      try dataset(20)
      let result = try ask(["--flash", flash, "--dataset", folder.path, "--json"], at: node.socket)
      #expect(result.status == 0, "\(result.error)")
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let json = try #require(object as? [String: Any])
      #expect(json["engine"] as? String == "serial" && json["count"] as? Int == 20)
    }

    @Test("takes another image, boots it, and is told from one with the wrong image")
    func update() throws {
      let old = try write(try randomImage(hidden: 16), "old.flash")
      let new = try write(try randomImage(hidden: 32), "new.flash")
      let node = try RunningNode("mps2-an386", flash: old, folder: folder)
      try dataset(4)
      let wrong = try ask(["--flash", new, "--dataset", folder.path], at: node.socket)
      #expect(wrong.status == 65)
      #expect(wrong.error.contains("runs another image (784-16-10, "), "\(wrong.error)")
      #expect(wrong.error.split(separator: "\n").count == 1)
      // Into the other slot, and back into the first one.
      for (file, slot) in [(new, "b"), (old, "a"), (new, "b")] {
        let updated = try ask(["--update", file, "--dataset", folder.path], at: node.socket)
        #expect(updated.status == 0, "\(updated.error)")
        #expect(updated.output.contains("slot \(slot)"), "\(updated.output)")
      }
    }

    @Test("whose flash QEMU does not let be written refuses an update and goes on")
    func readOnly() throws {
      let image = try write(try randomImage(hidden: 16), "digits.flash")
      let node = try RunningNode("stm32vldiscovery", flash: image, folder: folder)
      let refused = try ask(["--update", image], at: node.socket)
      #expect(refused.status == 74)
      #expect(refused.error.contains("its flash would not be erased"), "\(refused.error)")
      try dataset(4)
      let read = try ask(["--flash", image, "--dataset", folder.path], at: node.socket)
      #expect(read.status == 0, "\(read.error)")
    }

    @Test("starts with erased flash, and is flashed over the wire")
    func blank() throws {
      let image = try write(try randomImage(hidden: 16), "digits.flash")
      let node = try RunningNode("microbit", flash: nil, folder: folder)
      try dataset(4)
      let none = try ask(["--flash", image, "--dataset", folder.path], at: node.socket)
      #expect(none.status == 65)
      #expect(none.error.contains("has no image that boots; send one with --update"))
      let updated = try ask(["--update", image, "--dataset", folder.path], at: node.socket)
      #expect(updated.status == 0, "\(updated.error)")
    }

    @Test(
      "misreads no damaged frame, refuses sizes that cannot be, and starts again when it hangs or its flash rots",
      arguments: [("wire", 12), ("hang", 1), ("flash", 2), ("memory", 20), ("hostile", 100)])
    func damaged(what: String, count: Int) throws {
      let flash = try write(try randomImage(hidden: 32), "digits.flash")
      let pictures = try write(imagesFile(Array(Handwriting(seed: 9).set(count: 20).pixels)), "idx")
      let result = try Firmware.tool(
        "check-node", [what, "--flash", flash, "--pictures", pictures, "--count", "\(count)"])
      #expect(result.status == 0, "\(result.output)")
      #expect(result.number("wrong") == 0, "\(result.output)")
      switch what {
      case "wire": #expect(result.number("recovered") == count, "\(result.output)")
      case "hang": #expect(result.number("reset") == count, "\(result.output)")
      case "flash": #expect(result.number("found") == count, "\(result.output)")
      case "hostile": #expect((result.number("refused") ?? 0) > count / 4, "\(result.output)")
      default: #expect(result.number("flips") == count)
      }
    }

    @Test("has the size that is said, and nothing that could allocate")
    func sizes() throws {
      let elf = folder.appendingPathComponent("node.elf")
      let built = try Firmware.tool(
        "make-firmware",
        ["--board", "mps2-an386", "--program-only", "--sizes", "--output", elf.path])
      #expect(built.status == 0, "\(built.output)")
      let code = try #require(built.number("code"))
      #expect(code + (built.number("constants") ?? .max) <= 12_216)
      #expect(built.number("data") == 0 && built.number("bss") == 0)
      try Firmware.stripDebug(elf)
      let linked = try Data(contentsOf: elf)
      #expect(linked.range(of: Data("resetHandler".utf8)) != nil)
      for name in ["malloc", "memalign", "swift_slowAlloc", "swift_alloc", "swift_retain"] {
        #expect(linked.range(of: Data(name.utf8)) == nil, "\(name)")
      }
    }
  }

  /// What `Tools/make-firmware` writes.
  @Suite("Files to flash") struct FileTests {
    @Test("boot as they are, in each form, on each board", arguments: NodeTests.boards)
    func boots(board: String) throws {
      let folder = try Firmware.folder()
      let image = try randomImage(hidden: 32)
      let flash = folder.appendingPathComponent("digits.flash")
      try Data(image).write(to: flash)
      let pixels = Array(Handwriting(seed: 9).set(count: 2).pixels)
      let pictures = folder.appendingPathComponent("idx")
      try imagesFile(pixels).write(to: pictures)
      let digits = try read(pixels, with: image).digits
      for form in ["elf", "hex", "bin"] {
        let file = folder.appendingPathComponent("node.\(form)").path
        let made = try Firmware.tool(
          "make-firmware", ["--board", board, "--flash", flash.path, "--output", file])
        #expect(made.status == 0, "\(made.output)")
        let result = try Firmware.tool("node/read", [file, board, pictures.path, "2"])
        #expect(result.lines.compactMap { Int($0) } == digits, "\(form): \(result.output)")
      }
    }

    @Test("are not made of what is no image, too long, or for no board; each with its code")
    func refused() throws {
      let folder = try Firmware.folder()
      func file(_ bytes: [UInt8]) throws -> String {
        let file = folder.appendingPathComponent("\(bytes.count)")
        try Data(bytes).write(to: file)
        return file.path
      }
      let image = try file(try randomImage(hidden: 16))
      let output = ["--output", folder.path + "/node.hex"]
      let long = try file(try randomImage(hidden: 80))
      let cases: [([String], Int32, String)] = [
        (["--board", "none", "--flash", image] + output, 64, "no board none: "),
        (["--board", "microbit"] + output, 64, "--flash FILE is missing"),
        (
          ["--board", "microbit", "--flash", image, "--output", "x.txt"], 64, "a .hex, .bin or .elf"
        ),
        (["--board", "microbit", "--flash", folder.path + "/none"] + output, 66, "no such file"),
        (
          ["--board", "microbit", "--flash", try file([1, 2, 3])] + output, 65, "not a model image"
        ),
        (
          ["--board", "stm32vldiscovery", "--flash", long] + output, 65,
          "a slot of this board holds"
        ),
      ]
      for (arguments, status, text) in cases {
        let result = try Firmware.tool("make-firmware", arguments)
        #expect(result.status == status, "\(result.output)")
        #expect(result.lines.count == 1 && result.output.contains(text), "\(result.output)")
      }
    }
  }
}
