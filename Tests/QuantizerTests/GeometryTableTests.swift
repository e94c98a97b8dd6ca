import Int8Runtime
import Network
import Pipeline
import Testing

@Suite("Which geometry reads best") struct GeometryTableTests {
  @Test("each side of pictures that a network may see has a geometry, so that a device finds one")
  func everySide() {
    let sides = GeometryTable.bestFirst(activation: .relu, deskew: true).map(\.contract.side)
    for i in InputContract.sides.indices { #expect(sides.contains(InputContract.sides[i])) }
  }
}
