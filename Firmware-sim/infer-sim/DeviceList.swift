import CommandLineSupport
import Device

/// The chips, for people and for programs.
struct DeviceList: Encodable {
  private let devices = Profile.all.map(Entry.init)

  private struct Entry: Encodable {
    let name, core: String
    let flash, ram, mhz: Int
    /// Whether `--engine qemu` runs that very core.
    let emulated: Bool

    init(_ profile: Profile) {
      name = profile.name
      core = profile.core.displayName
      flash = profile.flashBytes
      ram = profile.ramBytes
      mhz = profile.clockHertz / 1_000_000
      emulated = profile.core.isEmulated
    }
  }

  /// A table.
  var text: String {
    var table = Table(
      ["device", "core", "flash", "RAM", "MHz", "QEMU", "source"],
      [.left, .left, .right, .right, .right, .left, .left])
    for profile in Profile.all {
      table.append([
        profile.name, profile.core.displayName, NumberText.bytes(profile.flashBytes),
        NumberText.bytes(profile.ramBytes), "\(profile.clockHertz / 1_000_000)",
        profile.core.isEmulated
          ? "this core" : "nearest: \(profile.core.emulatedCore.displayName)",
        profile.source,
      ])
    }
    return table.text
  }
}
