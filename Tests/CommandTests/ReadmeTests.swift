import Foundation
import Testing

/// The README names functions, files, options and exit codes; they have to be there.
@Suite("README")
struct ReadmeTests {
  private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// All files under folders whose names end so.
  private func sources(_ folders: [String], _ ending: String) throws -> String {
    var all = ""
    for folder in folders {
      let files = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
      while let name = files?.nextObject() as? String {
        let isFile = (files?.fileAttributes?[.type] as? FileAttributeType) == .typeRegular
        if isFile, name.hasSuffix(ending), !name.contains(".build") {
          all += try text("\(folder)/\(name)")
        }
      }
    }
    return all
  }

  /// What stands between backquotes, but for the blocks of commands and their output.
  private func quoted() throws -> [String] {
    let readme = try text("README.md")
    let prose = readme.components(separatedBy: "```").enumerated()
      .filter { $0.offset % 2 == 0 }.map(\.element).joined()
    return prose.components(separatedBy: "`").enumerated()
      .filter { $0.offset % 2 == 1 }.map(\.element)
  }

  @Test("every file and folder that it names is there")
  func filesExist() throws {
    let tops = ["Sources/", "Tests/", "Tools/", "Firmware-sim/"]
    let named = try quoted().flatMap { $0.split(separator: " ") }
      .filter { word in tops.contains { word.hasPrefix($0) } }
    #expect(named.count > 10)
    for path in named {
      let file = root.appendingPathComponent(String(path)).path
      #expect(FileManager.default.fileExists(atPath: file), "\(path)")
    }
  }

  @Test("every option that it names is one of a command or a tool")
  func optionsExist() throws {
    let options = try text("README.md").matches(of: /--[a-z][a-z-]+/).map { String($0.output) }
    #expect(options.count > 20)
    let declared = try sources(["Sources", "Firmware-sim/infer-sim"], ".swift")
    let tools = try sources(["Tools"], "")
    try #require(tools.contains("#!"))
    // The Swift package manager's own, and the formatter's.
    let foreign: Set = ["--filter", "--product", "--strict", "--recursive"]
    for option in Set(options).subtracting(foreign) {
      let name = option.dropFirst(2)
      #expect(declared.contains("\"\(name)\"") || tools.contains(option), "\(option)")
    }
  }

  @Test("every function, type and suite of tests that it names is declared")
  func namesExist() throws {
    let code = try sources(["Sources", "Firmware-sim", "Tests", "Tools"], ".swift")
    let declarations = Set(
      code.matches(of: /\b(?:func|var|let|struct|class|enum|protocol|case|typealias) +(\w+)/)
        .map { String($0.output.1) })
    // A name is a word of letters with a capital inside or in front, or one with a dot or a bracket behind.
    let names = try quoted().compactMap { quote -> [Substring]? in
      let isName = quote.wholeMatch(of: /[A-Za-z]\w*(\.\w+)*(\([\w:]*\))?/) != nil
      let isCode = quote.contains { $0.isUppercase } || quote.contains("(") || quote.contains(".")
      return isName && isCode && quote.count > 2
        ? quote.prefix { $0 != "(" }.split(separator: ".") : nil
    }.flatMap { $0 }.filter { !ReadmeTests.others.contains(String($0)) }
    #expect(names.count > 15)
    // Modules and their folders.
    let modules = Set(
      ["Sources", "Firmware-sim", "Tests"].flatMap {
        FileManager.default.subpaths(atPath: root.appendingPathComponent($0).path) ?? []
      }.filter { !$0.hasSuffix(".swift") }.map { ($0 as NSString).lastPathComponent })
    for name in names {
      #expect(
        name == "init" || declarations.contains(String(name)) || modules.contains(String(name)),
        "\(name)")
    }
  }

  @Test("it names every tool, and every folder of tests", arguments: ["Tools", "Tests"])
  func foldersAreNamed(folder: String) throws {
    let quotes = Set(try quoted())
    let path = root.appendingPathComponent(folder).path
    for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.first != "." {
      #expect(quotes.contains { $0 == name || $0.hasPrefix("\(folder)/\(name)") }, "\(name)")
    }
  }

  /// Names that are not ours: parts of files' names, and of other programs.
  private static let others: Set = [
    "pgm", "flash", "html", "MNIST", "MNIST_DIR", "SIMDIGIT_MARCH",
    "NO_COLOR",
  ]

  @Test("the algorithm that it shows is the source's, line by line")
  func algorithmIsTheSources() throws {
    let parts = try text("README.md").components(separatedBy: "```swift\n")
    try #require(parts.count > 1)
    let shown = parts[1].components(separatedBy: "```")[0]
    #expect(shown.split(separator: "\n").count > 15)
    #expect(try text("Sources/Network/Reference/Textbook.swift").contains(shown))
  }

  @Test("every exit code that it names is one of the commands'")
  func exitCodesExist() throws {
    let codes = try sources(["Sources", "Firmware-sim"], ".swift")
      .matches(of: /(?:case|static let) \w+ = (\d+)/).compactMap { Int($0.output.1) }
    let named = try text("README.md").matches(of: /exit codes? \(?(\d+(?:, \d+)*)/)
      .flatMap { $0.output.1.split(separator: ", ").compactMap { Int($0) } }
    #expect(named.count > 1)
    for code in named { #expect(codes.contains(code), "\(code)") }
  }
}
