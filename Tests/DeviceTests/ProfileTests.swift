import Testing

@testable import Device

@Suite struct ProfileTests {
  @Test func `names are unique, in lower case and findable`() {
    #expect(Set(Profile.all.map(\.name)).count == Profile.all.count)
    for profile in Profile.all {
      #expect(profile.name == profile.name.lowercased())
      #expect(profile.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
      #expect(Profile.named(profile.name) == profile)
    }
    #expect(Profile.named("STM32F030F4") == nil)
    #expect(Profile.named("") == nil)
  }

  @Test func `there are at least eight chips, the smallest first`() {
    #expect(Profile.all.count >= 8)
    #expect(Profile.all.map(\.flashBytes) == Profile.all.map(\.flashBytes).sorted())
    #expect(Profile.all.first?.flashBytes == 16 * 1024)
    #expect(Profile.all.first?.ramBytes == 2 * 1024)
    #expect(Profile.all.allSatisfy { $0.ramBytes >= 2 * 1024 })
  }

  @Test(arguments: Core.allCases) func `each core is in some chip`(core: Core) {
    #expect(Profile.all.contains { $0.core == core })
    #expect(!core.displayName.isEmpty)
  }

  @Test(arguments: Profile.all) func `each chip is plausible and says where that is from`(
    chip: Profile
  ) {
    #expect(chip.ramBytes < chip.flashBytes)
    #expect(chip.ramBytes % 1024 == 0 && chip.flashBytes % 1024 == 0)
    #expect((16_000_000...240_000_000).contains(chip.clockHertz))
    #expect(!chip.title.isEmpty)
    #expect(chip.source.contains("https://"))
  }

  @Test(arguments: Core.allCases) func `each core runs under QEMU on itself or the nearest`(
    core: Core
  ) {
    #expect(core.emulatedCore.isEmulated)
    #expect(core.isEmulated == (core.emulatedCore == core))
    #expect(core.processor == core.emulatedCore.processor)
    #expect(core.isEmulated == ![.cortexM0Plus, .rv32imac].contains(core))
  }

  @Test func `the default chip is a Cortex-M4F with 64 to 256 KB of flash`() {
    #expect(Profile.default.core == .cortexM4)
    #expect((64 * 1024...256 * 1024).contains(Profile.default.flashBytes))
    #expect(Profile.all.contains(Profile.default))
  }
}
