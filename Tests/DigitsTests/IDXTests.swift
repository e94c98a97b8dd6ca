import CommandLineSupport
import Foundation
import Testing

@testable import Digits

@Suite("Folders of IDX files")
struct IDXTests {
  private func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private func images(_ count: Int, magic: Int = 0x803, rows: Int = 28, columns: Int = 28)
    -> [UInt8]
  {
    word(magic) + word(count) + word(rows) + word(columns)
      + (0..<count * 784).map { UInt8(truncatingIfNeeded: $0 / 784 + $0) }
  }

  private func labels(_ labels: [UInt8], magic: Int = 0x801) -> [UInt8] {
    word(magic) + word(labels.count) + labels
  }

  /// A folder of two digits with the given files in place of the good ones.
  private func folder(images: [UInt8]? = nil, labels: [UInt8]? = nil) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write("train-images-idx3-ubyte", images ?? self.images(2))
    try folder.write("train-labels-idx1-ubyte", labels ?? self.labels([3, 9]))
    return folder
  }

  private func problem(_ folder: ScratchFolder) -> String {
    let path = folder.path
    return error { () throws(DigitsError) in _ = try DataSet(path).read(.training) }?.description
      ?? ""
  }

  private func gzip(_ file: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-f", file]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  @Test("digits and labels are read in order")
  func read() throws {
    let folder = try folder()
    let set = try DataSet(folder.path).read(.training)
    #expect(set.count == 2 && set.labels == [3, 9] && set.side == 28)
    #expect(set.picture(1)[0] == UInt8(truncatingIfNeeded: 785))
    #expect(set.picture(1).count == 784)
    #expect(!DataSet.isPresent(in: folder.path), "the test digits are missing")
  }

  @Test("both spellings are known, packed or not")
  func spellings() throws {
    let folder = try ScratchFolder()
    for part in ["train", "t10k"] {
      try folder.write("\(part)-images.idx3-ubyte", images(2))
      try gzip(folder.write("\(part)-labels-idx1-ubyte", labels([1, 2])))
    }
    #expect(DataSet.isPresent(in: folder.path))
    #expect(try DataSet(folder.path).read(.training).labels == [1, 2])
    #expect(try DataSet(folder.path + "/").read(.test).count == 2)
  }

  @Test("packed digits larger than any pipe are unpacked whole", .timeLimit(.minutes(1)))
  func largePacked() throws {
    let count = 3000
    let folder = try folder(
      images: images(count), labels: labels([UInt8](repeating: 4, count: count)))
    let plain = try DataSet(folder.path).read(.training)
    try gzip(folder.path + "/train-images-idx3-ubyte")
    try gzip(folder.path + "/train-labels-idx1-ubyte")
    #expect(try DataSet(folder.path).read(.training).pixels == plain.pixels)
  }

  @Test("a packed file that unpacks to more than it promises is stopped", .timeLimit(.minutes(1)))
  func bomb() throws {
    let folder = try folder(images: images(2) + [UInt8](repeating: 0, count: 1 << 26))
    try gzip(folder.path + "/train-images-idx3-ubyte")
    #expect(problem(folder).contains("has more bytes"))
  }

  @Test("a packed file that is cut short or no gzip at all is refused")
  func brokenPacked() throws {
    let folder = try folder()
    let file = folder.path + "/train-images-idx3-ubyte"
    try gzip(file)
    let packed = try Data(contentsOf: URL(fileURLWithPath: file + ".gz"))
    try folder.write("train-images-idx3-ubyte.gz", Array(packed.dropLast(20)))
    #expect(problem(folder).contains("is not what gzip can unpack"))
    try folder.write("train-images-idx3-ubyte.gz", [0x1F, 0x8B] + images(2))
    #expect(problem(folder).contains("is not what gzip can unpack"))
  }

  @Test("whether a file is packed is told by its content, whatever its name")
  func packedByContent() throws {
    let folder = try folder()
    let file = folder.path + "/train-images-idx3-ubyte"
    try gzip(file)
    let packed = try Data(contentsOf: URL(fileURLWithPath: file + ".gz"))
    try folder.write("train-images-idx3-ubyte", Array(packed))
    #expect(try DataSet(folder.path).read(.training).count == 2)
    try FileManager.default.removeItem(atPath: file)
    try folder.write("train-images-idx3-ubyte.gz", images(2))
    #expect(try DataSet(folder.path).read(.training).count == 2)
  }

  @Test("a folder of a file's name is not taken for the file")
  func folderOfTheName() throws {
    let folder = try ScratchFolder()
    for name in ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"] {
      try FileManager.default.createDirectory(
        atPath: folder.path + "/" + name, withIntermediateDirectories: true)
    }
    try folder.write("train-images.idx3-ubyte", images(2))
    try folder.write("train-labels.idx1-ubyte", labels([1, 2]))
    #expect(try DataSet(folder.path).read(.training).count == 2)
  }

  @Test("what is no IDX file is called by its name")
  func otherFiles() throws {
    let html = Array("<!DOCTYPE html><html></html>".utf8)
    #expect(try problem(folder(images: html)).contains("is a web page, not IDX; download"))
    let pointer = Array("version https://git-lfs.github.com/spec/v1".utf8)
    #expect(try problem(folder(labels: pointer)).contains("is a pointer of Git LFS"))
    #expect(try problem(folder(images: labels([1, 2]))).contains("ends within its header"))
    #expect(
      try problem(folder(images: images(2, magic: 0x801))).contains("labels and pictures are exch"))
  }

  @Test("where the files are not, what is there instead is said")
  func elsewhere() throws {
    let folder = try ScratchFolder()
    #expect(problem(folder).contains("holds no data set that is known and nothing else"))
    try folder.write("a.csv", [1])
    try folder.write("b.csv", [1])
    #expect(problem(folder).contains("known, but a.csv, b.csv; name the table itself"))
    let zips = try ScratchFolder()
    try zips.write("mnist.zip", [1])
    #expect(problem(zips).hasSuffix("but mnist.zip; unpack the archive first"))
  }

  @Test("memory that is not there is said before it is taken")
  func noMemory() throws {
    #expect(Memory.has(1 << 20))
    #expect(!Memory.has(.max) && !Memory.has(1 << 55))
    let error = DigitsError.noMemory("a")
    #expect(
      Failure(error).code == .io && error.description.hasPrefix("a: does not fit into memory;"))
  }

  @Test("without the program gzip, packed files are refused")
  func noGzip() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("a.gz", [1])
    let problem = error { () throws(DigitsError) in
      let stream = try ByteStream(opening: path)
      let unpacking = try Unpacking(stream, searchPath: "/none")
      try unpacking.finish()
    }
    #expect(problem?.description.contains("without the program gzip") == true)
  }

  @Test("broken pictures are refused")
  func brokenImages() throws {
    #expect(try problem(folder(images: [])).contains("within its header"))
    #expect(try problem(folder(images: Array(images(2)[..<15]))).contains("within its header"))
    #expect(try problem(folder(images: images(2).dropLast())).contains("1567 bytes"))
    #expect(try problem(folder(images: images(2) + [0])).contains("1569 bytes"))
    #expect(try problem(folder(images: images(2, magic: 0x801))).contains("begins with 2049"))
    #expect(try problem(folder(images: images(2, rows: 27))).contains("28 x 27"))
    #expect(try problem(folder(images: images(3))).contains("3 pictures for the 2 labels"))
    let promise = word(0x803) + word(2_000_000_000) + word(28) + word(28)
    #expect(try problem(folder(images: promise)).contains("more than 10000000"))
  }

  @Test("broken labels are refused")
  func brokenLabels() throws {
    #expect(try problem(folder(labels: labels([]))).contains("has no digits"))
    #expect(try problem(folder(labels: labels([1, 2], magic: 7))).contains("begins with 7"))
    #expect(try problem(folder(labels: labels([1, 2]).dropLast())).contains("1 bytes"))
    #expect(try problem(folder(labels: word(0x801) + word(9_000_000))).contains("promises"))
  }

  @Test("labels are numbers of any kind; those that are no digits are what they are called")
  func otherLabels() throws {
    let folder = try folder(labels: labels([200, 10]))
    let set = try DataSet(folder.path).read(.training)
    #expect(set.classNames == ["10", "200"] && set.labels == [1, 0])
  }

  @Test("a missing folder, a missing file and a file for a folder are told apart")
  func missing() throws {
    let folder = try ScratchFolder()
    try folder.write("train-labels-idx1-ubyte", labels([3, 9]))
    #expect(problem(folder).contains("has no train-images-idx3-ubyte"))
    let nowhere = error { () throws(DigitsError) in _ = try DataSet("/none").read(.test) }
    #expect(nowhere?.kind == .notFound && nowhere?.problem == "no such file or folder")
    let file = try folder.write("x", [1, 0])
    let noFolder = error { () throws(DigitsError) in _ = try DataSet(file).read(.test) }
    #expect(noFolder?.problem == "is no table of text")
  }

  @Test(
    "MNIST itself is read",
    .enabled(if: mnistFolder != nil, "set MNIST_DIR to the folder with MNIST"))
  func real() throws {
    let folder = try #require(mnistFolder)
    #expect(DataSet.isPresent(in: folder))
    let set = try DataSet(folder).read(.training)
    #expect(set.count == 60_000)
    #expect(Array(set.labels[..<5]) == [5, 0, 4, 1, 9])
  }
}
