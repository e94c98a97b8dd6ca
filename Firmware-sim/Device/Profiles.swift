extension Profile {
  /// The chip that stands in where none is asked for: room for 256 hidden units with space to spare.
  package static let `default` = stm32f401cc

  /// Every chip that `--device` knows, from the least flash to the most.
  package static let all: [Profile] = [
    ch32v003f4, stm32f030f4, stm32f103c8, stm32g071rb, gd32vf103cb, nrf51822aa, atsamd21g18,
    stm32f303cc, stm32l432kc, stm32f401cc, nrf52832aa, m55m1h2, rp2040, esp32c3,
  ]

  /// CH32V003DS0, features on page 1: QingKe RISC-V2A (RV32EC), 48 MHz, 2 KB of SRAM, 16 KB of flash.
  private static let ch32v003f4 = Profile(
    name: "ch32v003f4", title: "CH32V003F4", core: .rv32ec,
    flashBytes: 16 << 10, ramBytes: 2 << 10, clockHertz: 48_000_000, flashWaitStates: 1,
    source: "WCH, CH32V003 Datasheet, CH32V003DS0, features on page 1,"
      + " https://www.wch-ic.com/downloads/CH32V003DS0_PDF.html")

  /// DS9773, table 2 (device features): 16 KB of flash, 4 KB of SRAM, 48 MHz.
  private static let stm32f030f4 = Profile(
    name: "stm32f030f4", title: "STM32F030F4", core: .cortexM0,
    flashBytes: 16 << 10, ramBytes: 4 << 10, clockHertz: 48_000_000, flashWaitStates: 1,
    source: "STMicroelectronics, STM32F030x4/x6/x8/xC data sheet, DS9773 Rev 5, table 2,"
      + " https://www.st.com/resource/en/datasheet/stm32f030f4.pdf")

  /// DS5319, table 2 (device features): 64 KB of flash, 20 KB of SRAM, 72 MHz.
  private static let stm32f103c8 = Profile(
    name: "stm32f103c8", title: "STM32F103C8 (Blue Pill)", core: .cortexM3,
    flashBytes: 64 << 10, ramBytes: 20 << 10, clockHertz: 72_000_000, flashWaitStates: 2,
    source: "STMicroelectronics, STM32F103x8/xB data sheet, DS5319, table 2,"
      + " https://www.st.com/resource/en/datasheet/stm32f103c8.pdf")

  /// DS12232, table 2 (device features): 128 KB of flash, 64 MHz; 36 KB of SRAM because the parity check is off, with
  /// which there are 32.
  private static let stm32g071rb = Profile(
    name: "stm32g071rb", title: "STM32G071RB (Nucleo-G071RB)", core: .cortexM0Plus,
    flashBytes: 128 << 10, ramBytes: 36 << 10, clockHertz: 64_000_000, flashWaitStates: 2,
    source: "STMicroelectronics, STM32G071x8/xB data sheet, DS12232, table 2,"
      + " https://www.st.com/resource/en/datasheet/stm32g071rb.pdf")

  /// Datasheet, section 2.1 (device information): 128 KB of flash, 32 KB of SRAM, 108 MHz; section 3.1: RV32IMAC.
  private static let gd32vf103cb = Profile(
    name: "gd32vf103cb", title: "GD32VF103CB (Longan Nano)", core: .rv32imac,
    flashBytes: 128 << 10, ramBytes: 32 << 10, clockHertz: 108_000_000,
    source: "GigaDevice, GD32VF103 Datasheet, sections 2.1 and 3.1,"
      + " https://www.gigadevice.com/datasheet/gd32vf103xxxx-datasheet/")

  /// Product Specification v3.3, key features on page 1: Cortex-M0, 256 KB of flash, 16 KB of RAM; its clock is of
  /// 16 MHz.
  private static let nrf51822aa = Profile(
    name: "nrf51822aa", title: "nRF51822-QFAA (micro:bit V1)", core: .cortexM0,
    flashBytes: 256 << 10, ramBytes: 16 << 10, clockHertz: 16_000_000,
    source: "Nordic Semiconductor, nRF51822 Product Specification v3.3, key features on page 1,"
      + " https://infocenter.nordicsemi.com/pdf/nRF51822_PS_v3.3.pdf")

  /// DS40001882F, features on page 1 and section 2 (configuration summary): 256 KB of flash, 32 KB of SRAM, 48 MHz.
  private static let atsamd21g18 = Profile(
    name: "atsamd21g18", title: "ATSAMD21G18 (Arduino Zero)", core: .cortexM0Plus,
    flashBytes: 256 << 10, ramBytes: 32 << 10, clockHertz: 48_000_000, flashWaitStates: 1,
    source:
      "Microchip, SAM D21/DA1 Family Data Sheet, DS40001882F, section 2, https://ww1.microchip.com/"
      + "downloads/en/DeviceDoc/SAM_D21_DA1_Family_DataSheet_DS40001882F.pdf")

  /// DS9118, table 2 (device features): 256 KB of flash, 72 MHz, 40 KB of SRAM; another 8 KB, core-coupled, lie at an
  /// address of their own.
  private static let stm32f303cc = Profile(
    name: "stm32f303cc", title: "STM32F303CC", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 40 << 10, clockHertz: 72_000_000, flashWaitStates: 2,
    source: "STMicroelectronics, STM32F303xB/xC data sheet, DS9118 Rev 14, table 2,"
      + " https://www.st.com/resource/en/datasheet/stm32f303cc.pdf")

  /// DS11451, table 2 (device features): 256 KB of flash, 64 KB of SRAM, 80 MHz. SRAM2 is mapped a second time behind
  /// SRAM1, so its 16 KB continue the 48 KB of SRAM1.
  private static let stm32l432kc = Profile(
    name: "stm32l432kc", title: "STM32L432KC (Nucleo-L432KC)", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 64 << 10, clockHertz: 80_000_000, flashWaitStates: 4,
    source: "STMicroelectronics, STM32L432KB/KC data sheet, DS11451 Rev 4, table 2,"
      + " https://www.st.com/resource/en/datasheet/stm32l432kc.pdf")

  /// DS9716, table 2 (device features): 256 KB of flash, 64 KB of SRAM, 84 MHz.
  private static let stm32f401cc = Profile(
    name: "stm32f401cc", title: "STM32F401CC (Black Pill)", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 64 << 10, clockHertz: 84_000_000, flashWaitStates: 2,
    source: "STMicroelectronics, STM32F401xB/xC data sheet, DS9716 Rev 11, table 2,"
      + " https://www.st.com/resource/en/datasheet/stm32f401cc.pdf")

  /// Product Specification v1.4, key features on page 1: Cortex-M4 with FPU, 64 MHz, 512 KB of flash, 64 KB of RAM.
  private static let nrf52832aa = Profile(
    name: "nrf52832aa", title: "nRF52832-QFAA (PineTime)", core: .cortexM4,
    flashBytes: 512 << 10, ramBytes: 64 << 10, clockHertz: 64_000_000, flashWaitStates: 2,
    source: "Nordic Semiconductor, nRF52832 Product Specification v1.4, key features on page 1,"
      + " https://infocenter.nordicsemi.com/pdf/nRF52832_PS_v1.4.pdf")

  /// M55M1 Series Datasheet, chapter 2 (features): Cortex-M55 with Helium, 220 MHz, 2 MB of flash, 1344 KB of SRAM in
  /// one run; 128 KB of DTCM and 64 KB of ITCM lie apart.
  private static let m55m1h2 = Profile(
    name: "m55m1h2", title: "M55M1H2LJAE (NuMaker-M55M1)", core: .cortexM55,
    flashBytes: 2 << 20, ramBytes: 1344 << 10, clockHertz: 220_000_000,
    source: "Nuvoton, NuMicro M55M1 Series Datasheet, chapter 2, as its board's page has it,"
      + " https://docs.zephyrproject.org/latest/boards/nuvoton/numaker_m55m1/doc/index.html")

  /// RP2040 Datasheet, section 1.2 (the chip): 264 KB of SRAM, 133 MHz. It has no flash of its own: 2 MB is what its
  /// board carries (Raspberry Pi Pico Datasheet, chapter 1).
  private static let rp2040 = Profile(
    name: "rp2040", title: "RP2040 (Raspberry Pi Pico)", core: .cortexM0Plus,
    flashBytes: 2 << 20, ramBytes: 264 << 10, clockHertz: 133_000_000,
    source:
      "Raspberry Pi, RP2040 Datasheet, section 1.2, and Raspberry Pi Pico Datasheet, chapter 1,"
      + " https://datasheets.raspberrypi.com/rp2040/rp2040-datasheet.pdf")

  /// ESP32-C3 Series Datasheet, features on page 2 and table 1 (comparison): RV32IMC, 160 MHz, 4 MB of flash in the
  /// package, 400 KB of SRAM, of which the flash cache takes 16.
  private static let esp32c3 = Profile(
    name: "esp32c3", title: "ESP32-C3FH4", core: .rv32,
    flashBytes: 4 << 20, ramBytes: 384 << 10, clockHertz: 160_000_000,
    source: "Espressif, ESP32-C3 Series Datasheet, features and table 1,"
      + " https://www.espressif.com/sites/default/files/documentation/esp32-c3_datasheet_en.pdf")
}
