import Digits
import Foundation
import Int8Runtime
import Quantizer
import TestImages
import Testing

private let missing = ["clang", "ld.lld", "llvm-objdump"].first { !Firmware.isInstalled($0) }

extension UnderQEMU {
  /// The exported C header, which `Tools/run-c-header` compiles for a Cortex-M4 without a C library.
  @Suite("C header", .enabled(if: missing == nil, "clang, ld.lld or llvm-objdump is missing"))
  struct ChipHeaderTests {
    private let folder: URL

    init() throws { folder = try Firmware.folder() }

    private func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
      let file = folder.appendingPathComponent(name)
      try Data(bytes).write(to: file)
      return file.path
    }

    private func header(_ image: [UInt8]) throws -> String {
      try write(InterchangeFormat.header.file(image: image), "net.h")
    }

    /// A hundred digits, one picture without ink and one that is all ink.
    private static let pixels =
      Array(Handwriting(seed: 9).set(count: 100).pixels)
      + [UInt8](repeating: 0, count: pictureBytes) + [UInt8](repeating: 255, count: pictureBytes)

    private func check(_ image: [UInt8], codeBytes: Int) throws {
      let pictures = try write(imagesFile(ChipHeaderTests.pixels), "images")
      let result = try Firmware.tool(
        "run-c-header", ["--header", try header(image), "--count", "102", "--digits", pictures])
      let host = try read(ChipHeaderTests.pixels, with: image)
      #expect(result.status == 0, "\(result.output)")
      #expect(result.number("count") == 102)
      #expect(result.number("digest") == Int(host.digest))
      let digits = result.lines.dropFirst().dropLast().map { Int($0.prefix(1)) }
      #expect(digits == host.digits.map(Optional.init))
      let code = try #require(result.number("code", in: result.lines.first))
      #expect((1...codeBytes).contains(code))
      // What the header's own head says of the stack, and what the program around it keeps there.
      let shape = try ModelImage(image.span.bytes).shape
      let stack = try #require(result.number("stack"))
      #expect(stack <= shape.inputSpec.inputs + shape.hidden + 256 + 128)
    }

    @Test("gives the host's logits on a bare Cortex-M4, and its code is small")
    func factory() throws { try check(try factoryImage(), codeBytes: 1280) }

    @Test("gives them with a table of activations and pooled pictures")
    func pooled() throws {
      try check(try randomImage(hidden: 32, side: 14, activation: .tanh), codeBytes: 1664)
    }

    @Test("is compared with the firmware of the same image, and another's differs")
    func compared() throws {
      let image = try randomImage(hidden: 16)
      let flash = try write(image, "digits.flash")
      let pictures = try write(imagesFile(ChipHeaderTests.pixels), "images")
      // A command that exports what is in the folder, whatever image it is asked for.
      let exporter = try write(Array("#!/bin/sh\ncp \"${0%/*}/net.h\" \"$4\"\n".utf8), "infer-sim")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: exporter)
      let arguments = ["--flash", flash, "--count", "102", pictures]
      _ = try header(image)
      let same = try Firmware.tool("run-c-header", arguments, commands: folder)
      #expect(same.status == 0, "\(same.output)")
      #expect(same.lines.last == "0 of 1020 logits and 0 of 102 answers differ")
      _ = try header(try randomImage(hidden: 32))
      let other = try Firmware.tool("run-c-header", arguments, commands: folder)
      #expect(other.status == 1, "\(other.output)")
      #expect(other.lines.last?.hasPrefix("logits differ, and ") == true)
    }

    @Test("refuses what it cannot read, each with its code")
    func refused() throws {
      let net = try header(try randomImage(hidden: 16))
      let pictures = try write(imagesFile(Array(ChipHeaderTests.pixels.prefix(784 * 2))), "two")
      let cases: [([String], Int32, String)] = [
        (["--header", net, "--count", "3", pictures], 65, "has 2 pictures"),
        (["--header", net, "--count", "2", net], 65, "not a raw IDX file"),
        (["--header", pictures, "--count", "2", pictures], 65, "not an exported header"),
        (["--header", net, folder.path], 66, "no t10k-images-idx3-ubyte"),
        (["--header", folder.path + "/none", pictures], 66, "no such file"),
        (["--header", net, "--count", "0", pictures], 64, "--count 0"),
        (["--count", "2", pictures], 64, "--flash FILE or --header FILE.h"),
      ]
      for (arguments, status, text) in cases {
        let result = try Firmware.tool("run-c-header", arguments)
        #expect(result.status == status)
        #expect(result.lines.count == 1 && result.output.contains(text), "\(result.output)")
      }
    }
  }
}
