import CommandLineSupport
import Testing

@testable import Digits

@Suite("Classes and their names") struct ClassNamesTests {
  private func meaning(_ labels: [String], _ file: String = "") -> ClassNames.Meaning {
    ClassNames.meaning(of: labels, in: KnownSet(file: file, folders: "data"))
  }

  private func refusal(_ names: [String]) -> String {
    error { () throws(DigitsError) in try ClassNames.check(names, file: "f") }?.description ?? ""
  }

  @Test("numbers up to nine are the digits, all ten of them")
  func digits() {
    let some = meaning(["7", "2"])
    #expect(some.names == ClassNames.digits && some.classes == [7, 2])
    #expect(meaning(["7", "12", "2"]).names == ["2", "7", "12"])
    #expect(meaning(["7", "12", "2"]).classes == [1, 2, 0])
    #expect(meaning(["b", "10", "a"]).names == ["10", "a", "b"])
  }

  @Test("sets that say what they are have their published names")
  func published() {
    let letters = meaning(["26", "1", "3"], "emnist-letters-train.csv")
    #expect(letters.names == ["A", "C", "Z"] && letters.classes == [2, 0, 1])
    #expect(meaning(["0", "5"], "emnist-letters-train.csv").names == ClassNames.digits)
    let merged = (0..<47).map { "\($0)" }
    #expect(meaning(merged, "emnist-balanced-train").names.joined().hasSuffix("XYZabdefghnqrt"))
    #expect(meaning(merged, "emnist-bymerge-train").names.count == 47)
    let all = meaning((0..<62).map { "\($0)" }, "emnist-byclass-train").names
    #expect(all[9...10] == ["9", "A"] && all[61] == "z" && Set(all).count == 62)
    #expect(meaning(["0", "9"], "fashion-mnist_train.csv").names == ["T-shirt/top", "Ankle boot"])
    #expect(KnownSet(file: "train", folders: "FashionMNIST/raw") == .fashion)
    #expect(meaning(["0", "9"], "kmnist-train").names == ["お", "を"])
  }

  @Test("too few, too many, too long and unprintable names are refused")
  func bounds() {
    #expect(refusal(["a", "b"]) == "" && refusal((0..<64).map { "\($0)" }) == "")
    #expect(refusal(["a"]).contains("has a single class; give a set with 2 at least"))
    #expect(refusal((0..<65).map { "\($0)" }).contains("has 65 classes, more than 64; pick some"))
    #expect(refusal(["a", String(repeating: "é", count: 16)]) == "")
    #expect(refusal(["a", String(repeating: "é", count: 17)]).contains("a name of 34 bytes"))
    #expect(refusal(["a", ""]).contains("a name of 0 bytes"))
    #expect(refusal(["a", "b\u{1B}"]).contains("not printable"))
    #expect(refusal(["a", String(fileName: [0xFF])]).contains("not printable"))
  }

  @Test("upright digits do not look transposed, transposed ones do")
  func transposed() throws {
    var set = Handwriting(seed: 5).set(count: 600)
    let upright = set.pixels
    // Kept out of the expectations, which would print a whole set where they fail.
    var looks = [set.looksTransposed()]
    set.transpose()
    looks.append(set.looksTransposed())
    let few = DigitSet(
      pixels: Array(set.pixels[..<(784 * 40)]), labels: Array(set.labels[..<40]), name: "few")
    looks.append(few.looksTransposed())
    #expect(looks == [false, true, false], "upright, transposed, too few to say")
    let isMoved = set.pixels[28 * 3 + 9] == upright[28 * 9 + 3]
    #expect(isMoved)
    set.classNames = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]
    looks = [set.looksTransposed()]
    set.classNames[3] = "shoe"
    looks.append(set.looksTransposed())
    looks.append(set.looksTransposed(isLikely: true))
    #expect(looks == [true, false, true], "letters; who knows how a shoe stands; EMNIST's does")
    set.transpose()
    let isBack = set.pixels == upright
    let looksUpright = !set.looksTransposed(isLikely: true)
    #expect(isBack && looksUpright)
  }

  @Test("wide things that are called digits are not said to be transposed")
  func wide() {
    var random: UInt64 = 1
    var pixels: [UInt8] = []
    for i in 0..<600 {
      for place in 0..<784 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let inside = abs(place / 28 - 14) < 4 + i % 10 / 2
        pixels.append(inside ? UInt8(100 + random >> 57) : 0)
      }
    }
    let set = DigitSet(pixels: pixels, labels: (0..<600).map { UInt8($0 % 10) }, name: "bags")
    let looks = set.looksTransposed()
    #expect(!looks)
  }

  @Test(
    "MNIST does not look transposed, but does when it is",
    .enabled(if: mnistFolder != nil, "set MNIST_DIR to the folder with MNIST"))
  func real() throws {
    for part in Part.allCases {
      var set = try DataSet(#require(mnistFolder)).read(part)
      var looks = [set.looksTransposed()]
      set.transpose()
      looks.append(set.looksTransposed())
      #expect(looks == [false, true])
    }
  }
}
