extension Profile {
  /// The chip that stands in where none is asked for: room for 256 hidden units with space to spare.
  package static let `default` = stm32f401cc

  /// Every chip that `--device` knows, from the least flash to the most.
  package static let all: [Profile] = [
    ch32v003f4, stm32f030f4, stm32f103c8, stm32g071rb, gd32vf103cb, nrf51822aa, atsamd21g18,
    stm32f303cc, stm32l432kc, stm32f401cc, nrf52832aa, rp2040, esp32c3,
  ]

  private static let ch32v003f4 = Profile(
    name: "ch32v003f4", title: "CH32V003F4 (RV32EC, no multiply)", core: .rv32,
    flashBytes: 16 << 10, ramBytes: 2 << 10, clockHertz: 48_000_000,
    source: "WCH, CH32V003 Datasheet, CH32V003DS0,"
      + " https://www.wch-ic.com/downloads/CH32V003DS0_PDF.html")

  private static let stm32f030f4 = Profile(
    name: "stm32f030f4", title: "STM32F030F4", core: .cortexM0,
    flashBytes: 16 << 10, ramBytes: 4 << 10, clockHertz: 48_000_000,
    source: "STMicroelectronics, STM32F030x4/x6/x8/xC data sheet, DS9773 Rev 5,"
      + " https://www.st.com/resource/en/datasheet/stm32f030f4.pdf")

  private static let stm32f103c8 = Profile(
    name: "stm32f103c8", title: "STM32F103C8 (Blue Pill)", core: .cortexM3,
    flashBytes: 64 << 10, ramBytes: 20 << 10, clockHertz: 72_000_000,
    source: "STMicroelectronics, STM32F103x8/xB data sheet, DS5319,"
      + " https://www.st.com/resource/en/datasheet/stm32f103c8.pdf")

  // 36 KB because the parity check of its RAM is off; with it there are 32.
  private static let stm32g071rb = Profile(
    name: "stm32g071rb", title: "STM32G071RB (Nucleo-G071RB)", core: .cortexM0Plus,
    flashBytes: 128 << 10, ramBytes: 36 << 10, clockHertz: 64_000_000,
    source: "STMicroelectronics, STM32G071x8/xB data sheet, DS12232,"
      + " https://www.st.com/resource/en/datasheet/stm32g071rb.pdf")

  private static let gd32vf103cb = Profile(
    name: "gd32vf103cb", title: "GD32VF103CB (RV32IMAC, Longan Nano)", core: .rv32,
    flashBytes: 128 << 10, ramBytes: 32 << 10, clockHertz: 108_000_000,
    source: "GigaDevice, GD32VF103 Datasheet,"
      + " https://www.gigadevice.com/datasheet/gd32vf103xxxx-datasheet/")

  private static let nrf51822aa = Profile(
    name: "nrf51822aa", title: "nRF51822-QFAA (micro:bit V1)", core: .cortexM0,
    flashBytes: 256 << 10, ramBytes: 16 << 10, clockHertz: 16_000_000,
    source: "Nordic Semiconductor, nRF51822 Product Specification v3.3,"
      + " https://infocenter.nordicsemi.com/pdf/nRF51822_PS_v3.3.pdf")

  private static let atsamd21g18 = Profile(
    name: "atsamd21g18", title: "ATSAMD21G18 (Arduino Zero)", core: .cortexM0Plus,
    flashBytes: 256 << 10, ramBytes: 32 << 10, clockHertz: 48_000_000,
    source: "Microchip, SAM D21/DA1 Family Data Sheet, DS40001882F, https://ww1.microchip.com/"
      + "downloads/en/DeviceDoc/SAM_D21_DA1_Family_DataSheet_DS40001882F.pdf")

  // Another 8 KB of core-coupled RAM lie at an address of their own.
  private static let stm32f303cc = Profile(
    name: "stm32f303cc", title: "STM32F303CC", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 40 << 10, clockHertz: 72_000_000,
    source: "STMicroelectronics, STM32F303xB/xC data sheet, DS9118 Rev 14,"
      + " https://www.st.com/resource/en/datasheet/stm32f303cc.pdf")

  // SRAM2 is mapped a second time behind SRAM1, so its 16 KB continue the 48 KB of SRAM1.
  private static let stm32l432kc = Profile(
    name: "stm32l432kc", title: "STM32L432KC (Nucleo-L432KC)", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 64 << 10, clockHertz: 80_000_000,
    source: "STMicroelectronics, STM32L432KB/KC data sheet, DS11451 Rev 4,"
      + " https://www.st.com/resource/en/datasheet/stm32l432kc.pdf")

  private static let stm32f401cc = Profile(
    name: "stm32f401cc", title: "STM32F401CC (Black Pill)", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 64 << 10, clockHertz: 84_000_000,
    source: "STMicroelectronics, STM32F401xB/xC data sheet, DS9716 Rev 11,"
      + " https://www.st.com/resource/en/datasheet/stm32f401cc.pdf")

  private static let nrf52832aa = Profile(
    name: "nrf52832aa", title: "nRF52832-QFAA (PineTime)", core: .cortexM4,
    flashBytes: 512 << 10, ramBytes: 64 << 10, clockHertz: 64_000_000,
    source: "Nordic Semiconductor, nRF52832 Product Specification v1.4,"
      + " https://infocenter.nordicsemi.com/pdf/nRF52832_PS_v1.4.pdf")

  // The chip has no flash of its own: 2 MB is what its board carries.
  private static let rp2040 = Profile(
    name: "rp2040", title: "RP2040 (Raspberry Pi Pico)", core: .cortexM0Plus,
    flashBytes: 2 << 20, ramBytes: 264 << 10, clockHertz: 133_000_000,
    source: "Raspberry Pi, RP2040 Datasheet and Raspberry Pi Pico Datasheet,"
      + " https://datasheets.raspberrypi.com/rp2040/rp2040-datasheet.pdf")

  // 400 KB of RAM, of which the flash cache takes 16.
  private static let esp32c3 = Profile(
    name: "esp32c3", title: "ESP32-C3FH4 (RV32IMC)", core: .rv32,
    flashBytes: 4 << 20, ramBytes: 384 << 10, clockHertz: 160_000_000,
    source: "Espressif, ESP32-C3 Series Datasheet,"
      + " https://www.espressif.com/sites/default/files/documentation/esp32-c3_datasheet_en.pdf")
}
