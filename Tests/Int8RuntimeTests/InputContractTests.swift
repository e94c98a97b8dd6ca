import Int8Runtime
import Testing

@Suite struct InputContractTests {
  @Test func `the sides that are listed are those that are valid`() {
    let sides = InputContract.sides.indices.map { InputContract.sides[$0] }
    let valid = (-1...1000).filter { InputContract(side: $0, deskew: true).isValid }
    #expect(valid == sides.sorted())
  }
}
