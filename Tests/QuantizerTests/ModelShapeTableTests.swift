import Int8Runtime
import Network
import Pipeline
import Testing

@Suite("Which model shape reads best") struct ModelShapeTableTests {
  @Test(
    "each side of pictures that a network may see has a model shape, so that a device finds one")
  func everySide() {
    let sides = ModelShapeTable.bestFirst(classes: 10, activation: .relu, deskew: true).map(
      \.inputSpec.side)
    for i in InputSpec.sides.indices { #expect(sides.contains(InputSpec.sides[i])) }
  }
}
