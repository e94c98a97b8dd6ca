import Digits
import Foundation
import Int8Runtime
import TestImages
import Testing

extension UnderQEMU {
  /// `infer-sim --engine qemu`.
  @Suite("Engine") struct EngineTests {
    private let folder: URL

    init() throws { folder = try Firmware.folder() }

    private func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
      let file = folder.appendingPathComponent(name)
      try Data(bytes).write(to: file)
      return file.path
    }

    private func picture(_ seed: UInt64, _ name: String) throws -> String {
      let pixels = Array(Handwriting(seed: seed).set(count: 1).pixels)
      return try write(Array("P5\n28 28\n255\n".utf8) + pixels, name)
    }

    @Test(
      "prints what the simulator prints but for the instructions, for several pictures",
      arguments: ["stm32f401cc", "rp2040"])
    func sameAnswers(device: String) throws {
      let pictures = [try picture(4, "a.pgm"), try picture(5, "b.pgm")]
      var objects: [[String: Any]] = []
      for engine in ["sim", "qemu"] {
        let arguments = ["--engine", engine, "--device", device, "--json", "--quiet"] + pictures
        let result = try InferSim.run(arguments)
        #expect(result.status == 0, "\(result.error)")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        objects.append(try #require(object as? [String: Any]))
      }
      #expect(objects[0].keys.sorted() == objects[1].keys.sorted())
      #expect(objects[1]["engine"] as? String == "qemu")
      let results = try objects.map { try #require($0["results"] as? [[String: Any]]) }
      #expect(results[1].count == 2)
      for (sim, qemu) in zip(results[0], results[1]) {
        #expect(sim.keys.sorted() == qemu.keys.sorted())
        for key in sim.keys where key != "instructions" {
          #expect("\(sim[key] ?? "")" == "\(qemu[key] ?? "")", "\(key)")
        }
        let (estimate, count) = (sim["instructions"] as? Int, qemu["instructions"] as? Int)
        #expect(abs((try #require(estimate)) - (try #require(count))) < (estimate ?? 0) / 5)
      }
    }

    @Test("reads a data set as the simulator does")
    func dataset() throws {
      let set = Handwriting(seed: 6).set(count: 60)
      _ = try write(imagesFile(Array(set.pixels)), "t10k-images-idx3-ubyte")
      // The magic number says one dimension of bytes.
      _ = try write([0, 0, 8, 1, 0, 0, 0, 60] + set.labels, "t10k-labels-idx1-ubyte")
      let objects = try ["sim", "qemu"].map { engine in
        let result = try InferSim.run(
          ["--engine", engine, "--json", "--quiet", "--dataset", folder.path])
        #expect(result.status == 0, "\(result.error)")
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any])
      }
      #expect(objects[0].keys.sorted() == objects[1].keys.sorted())
      #expect(objects[1]["engine"] as? String == "qemu")
      for key in ["count", "accuracy"] {
        #expect("\(objects[0][key] ?? "none")" == "\(objects[1][key] ?? "")", "\(key)")
      }
      #expect(objects[1]["count"] as? Int == 60)
    }

    @Test(
      "says which tool is missing and how to install it",
      arguments: ["swift", "llvm-objcopy", "qemu-system-arm"])
    func missingTool(missing: String) throws {
      // Only these are found, and none of them may be run.
      for tool in ["swift", "llvm-objcopy", "qemu-system-arm"] where tool != missing {
        let file = try write("#!/bin/sh\nexit 1\n".utf8, tool)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
      }
      let picture = try picture(4, "a.pgm")
      let result = try InferSim.run(["--engine", "qemu", picture], path: folder.path)
      #expect(result.status == 69)
      #expect(result.output.isEmpty)
      #expect(result.error.hasPrefix("infer-sim: \(missing) is missing: install "))
      #expect(result.error.split(separator: "\n").count == 1)
    }

    @Test("refuses a damaged image as the simulator does, and faults with usage")
    func refusals() throws {
      let picture = try picture(4, "a.pgm")
      var image = try factoryImage()
      image[5000] ^= 1
      let flash = try write(image, "damaged.flash")
      let results = try ["sim", "qemu"].map {
        try InferSim.run(["--engine", $0, "--flash", flash, picture])
      }
      #expect(results.map(\.status) == [65, 65])
      #expect(results[0].error == results[1].error)
      for wrong in [["--fault-report"], ["--long-run", "5"]] {
        #expect(try InferSim.run(["--engine", "qemu"] + wrong + [picture]).status == 64)
      }
    }
  }
}

/// The command, as it was built together with the tests.
enum InferSim {
  struct Result {
    let status: Int32
    let output: String
    let error: String
  }

  /// - Parameter path: where programs are looked for; nil as ever.
  static func run(_ arguments: [String], path: String? = nil) throws -> Result {
    let process = Process()
    process.executableURL = try executable()
    if let path {
      process.environment = ProcessInfo.processInfo.environment.merging(["PATH": path]) { $1 }
    }
    process.arguments = arguments
    process.currentDirectoryURL = Firmware.root
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    process.standardInput = FileHandle.nullDevice
    try process.run()
    // One line at most goes to standard error, which a pipe holds.
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try error.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      error: String(decoding: complaint, as: UTF8.self))
  }

  /// Beside the test bundle, which is this process or one of its arguments.
  private static func executable() throws -> URL {
    let candidates = [Bundle.main.executablePath].compactMap(\.self) + CommandLine.arguments
    for candidate in candidates {
      var folder = URL(fileURLWithPath: candidate).deletingLastPathComponent()
      // On macOS the test binary is inside a bundle, three folders deep.
      for _ in 0..<4 {
        let file = folder.appendingPathComponent("infer-sim")
        if FileManager.default.isExecutableFile(atPath: file.path) { return file }
        folder.deleteLastPathComponent()
      }
    }
    throw CocoaError(.fileNoSuchFile)
  }
}
