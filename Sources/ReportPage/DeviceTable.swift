import CommandLineSupport

/// What the model takes of each chip's flash and RAM.
struct DeviceTable {
  private let devices: [ReportContents.Device]

  init(_ devices: [ReportContents.Device]) { self.devices = devices }

  var html: String {
    let rows = devices.map { device in
      [
        HTML.escaped(device.title), HTML.escaped(device.core),
        bar(device.flash), bar(device.ram),
        device.fits ? "<i class=\"right\">fits</i>" : "<i class=\"wrong\">too large</i>",
      ]
    }
    return HTML.table(["Chip", "Core", "Flash", "RAM", ""], rows, style: "devices")
  }

  private func bar(_ bytes: (taken: Int, there: Int)) -> String {
    let share = Double(bytes.taken) / Double(max(1, bytes.there))
    let width = NumberText.fixed(100 * min(1, share), decimals: 1)
    let style = share > 1 ? "over" : "a"
    return "<span class=\"bar\"><i class=\"\(style)\" style=\"width:\(width)%\"></i></span> "
      + "\(NumberText.bytes(bytes.taken)) of \(NumberText.bytes(bytes.there))"
  }
}
