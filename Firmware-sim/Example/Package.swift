// swift-tools-version: 6.2
import PackageDescription

/// A program of your own: `DigitReader` is compiled for a host and, as it is, for a chip.
let package = Package(
  name: "Example",
  platforms: [.macOS(.v26)],
  products: [.library(name: "DigitReader", targets: ["DigitReader"])],
  dependencies: [.package(name: "SIMDigit", path: "../..")],
  targets: [
    .target(
      name: "DigitReader", dependencies: [.product(name: "Int8Runtime", package: "SIMDigit")],
      swiftSettings: [.strictMemorySafety()]),
    .executableTarget(name: "read-digit", dependencies: ["DigitReader"]),
  ],
  swiftLanguageModes: [.v6]
)
