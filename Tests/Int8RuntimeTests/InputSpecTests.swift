import Int8Runtime
import Testing

@Suite struct InputSpecTests {
  @Test func `the sides that are listed are those that are valid`() {
    let sides = InputSpec.sides.indices.map { InputSpec.sides[$0] }
    let valid = (-1...1000).filter { InputSpec(side: $0, deskew: true).isValid }
    #expect(valid == sides.sorted())
  }
}
