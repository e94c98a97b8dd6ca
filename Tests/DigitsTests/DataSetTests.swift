import Foundation
import Testing

@testable import Digits

/// What a layout is refused with.
private func refusal(
  _ path: String, test: String? = nil, classes: [String]? = nil
) -> String {
  var options = TrainingData.Options()
  options.classes = classes
  return error { () throws(DigitsError) in
    _ = try TrainingData(path, test: test, options)
  }?.description ?? "read"
}

@Suite("Layouts of data sets") struct DataSetTests {
  @Test("files beside folders of their names that hold them again, as Kaggle has them")
  func kaggle() throws {
    let layouts = try Layouts()
    try layouts.writeIDX { "\($0)-\($1.replacing("-", with: "."))-ubyte" }
    try layouts.writeIDX { "\($0)-\($1)-ubyte/\($0)-\($1)-ubyte" }
    #expect(try layouts.reads())
    #expect(DataSet.isPresent(in: layouts.path))
  }

  @Test("files only in folders of their names, in either spelling")
  func nestedOnly() throws {
    let layouts = try Layouts()
    try layouts.writeIDX { "\($0)-\($1)-ubyte/\($0)-\($1.replacing("-", with: "."))-ubyte" }
    #expect(try layouts.reads())
  }

  @Test("torchvision's MNIST/raw, whichever of the three folders is named")
  func torchvision() throws {
    let layouts = try Layouts()
    try layouts.writeIDX { "MNIST/raw/\($0)-\($1)-ubyte" }
    for inner in ["", "/", "/MNIST", "/MNIST/raw", "/MNIST/raw/"] {
      #expect(try layouts.reads(inner), "\(inner)")
    }
    #expect(DataSet.files(at: layouts.path).count == 4)
    // What a training leaves where it was run makes no class of the folder.
    let picture = Picture(width: 1, height: 1, pixels: [0])
    try layouts.write("MNIST/digit.pgm", PGM.encode(picture))
    #expect(try layouts.reads())
  }

  @Test("EMNIST's names, with letters for numbers, transposed")
  func emnist() throws {
    let layouts = try Layouts(400)
    try layouts.writeIDX(test: "test", label: { $0 + 1 }, isTransposed: true) {
      "emnist-letters-\($0)-\($1)-ubyte"
    }
    let data = try layouts.read { $0.isTransposed = true }
    #expect(layouts.isWhole(data) && data.notes.isEmpty)
    #expect(data.training.classNames == ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"])
    let turned = try layouts.read()
    #expect(turned.notes.count == 1 && turned.notes[0].hasSuffix("give --transpose"))
    #expect(try layouts.reads("/emnist-letters") { $0.isTransposed = true })
  }

  @Test("of several sets in a folder, one must be named")
  func several() throws {
    let layouts = try Layouts()
    for set in ["letters", "digits"] {
      try layouts.writeIDX(test: "test") { "gzip/emnist-\(set)-\($0)-\($1)-ubyte" }
    }
    let path = layouts.path
    let known = "name one: \(path)/gzip/emnist-digits, \(path)/gzip/emnist-letters"
    #expect(refusal(path).hasSuffix("holds 2 data sets; " + known))
    #expect(refusal(path + "/gzip").hasSuffix("holds 2 data sets; " + known))
    #expect(try layouts.reads("/gzip/emnist-digits"))
  }

  @Test("IDX files of other names are told by their content")
  func otherNames() throws {
    let layouts = try Layouts()
    try layouts.writeIDX(test: "test") { "\($1.prefix(6)).\($0).bin" }
    #expect(try layouts.reads())
    try layouts.write("more.train.bin", Layouts.idx([0x801, 1], [3]))
    #expect(refusal(layouts.path).contains("holds no data set that is known"))
  }

  @Test("tables by the ends of their names, and a single one by any name")
  func tables() throws {
    let layouts = try Layouts()
    try layouts.write("mnist_train.csv", ascii(Layouts.csv(layouts.training)))
    try layouts.write("mnist_test.csv", ascii(Layouts.csv(layouts.test, header: Layouts.names)))
    #expect(try layouts.reads())
    let test = try DataSet(layouts.path + "/mnist_test.csv").read(.test)
    #expect(test.labels == layouts.test.labels)
    let alone = try Layouts()
    try alone.write("digits.csv", ascii(Layouts.csv(layouts.training)))
    let held = try alone.read()
    #expect(held.training.count + held.test.count == 40 && held.test.count >= 3)
    #expect(try alone.read("/digits.csv").test.pixels == held.test.pixels)
    #expect(held.test.name == "held out of digits.csv")
  }

  @Test("what is no data set is called by its name")
  func noSet() throws {
    let layouts = try Layouts()
    let html = ascii("<!DOCTYPE html><html></html>")
    let file = try layouts.write("a.csv", html)
    #expect(refusal(file).hasSuffix("is a web page, not CSV; download the file that it leads to"))
    try layouts.writeIDX { "idx/\($0)-\($1)-ubyte" }
    try layouts.write("idx/train-images-idx3-ubyte", html)
    #expect(refusal(layouts.path + "/idx").contains("images-idx3-ubyte: is a web page, not IDX"))
    let labels = layouts.path + "/idx/train-labels-idx1-ubyte"
    #expect(
      refusal(labels).hasSuffix("is an IDX file; name the folder that holds it and the others"))
    let picture = PGM.encode(Picture(width: 1, height: 1, pixels: [0]))
    #expect(refusal(try layouts.write("p/1.pgm", picture)).contains("is a picture, not a data set"))
    #expect(refusal(layouts.path + "/p").contains("pictures of each class into a folder named"))
  }

  @Test("a test set must know no class that training does not")
  func otherClasses() throws {
    let layouts = try Layouts()
    for (part, set, word) in [("train", layouts.training, "a"), ("test", layouts.test, "b")] {
      let text = Layouts.csv(set) { $0 < 8 ? "c\($0)" : word }
      try layouts.write("\(part).csv", ascii(text))
    }
    #expect(
      refusal(layouts.path).hasSuffix(
        "has the class b; training knows a, c0, c1, c2, c3, c4, c5, c6, c7"))
    let kept = try layouts.read { $0.classes = ["c7", "a", "c1"] }
    #expect(
      kept.training.classNames == ["c7", "a", "c1"] && kept.test.classNames == ["c7", "a", "c1"])
    #expect(kept.training.labels.allSatisfy { $0 < 3 } && kept.test.labels.allSatisfy { $0 != 1 })
    #expect(kept.training.count == layouts.training.labels.count { $0 == 7 || $0 > 7 || $0 == 1 })
    #expect(
      refusal(layouts.path, classes: ["d", "a"]).contains("has no class d; it has a, c0, c1"))
  }
}
