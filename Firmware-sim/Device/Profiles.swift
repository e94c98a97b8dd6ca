// Where a number was not read in the manufacturer's document itself, its source says where it was; device trees are
// those of Zephyr, files named `..._ll_utils.c` those of STMicroelectronics that Zephyr's repository hal_stm32 keeps.
extension Profile {
  /// The chip that stands in where none is asked for: room for 256 hidden units with space to spare.
  package static let `default` = stm32f401cc

  /// Every chip that `--device` knows, from the least flash to the most.
  package static let all: [Profile] = [
    ch32v003f4, stm32f030f4, stm32f103c8, stm32g071rb, gd32vf103cb, nrf51822aa, atsamd21g18,
    stm32f303cc, stm32l432kc, stm32f401cc, nrf52832aa, m55m1h2, rp2040, esp32c3,
  ]

  /// 48 MHz, 2 KB of SRAM, 16 KB of flash, QingKe V2A: WCH's own description; sixteen registers and no multiplication
  /// (`rv32e`, extension `c`): Zephyr's device tree. One wait state above 24 MHz, as WCH's start-up code sets it.
  private static let ch32v003f4 = Profile(
    name: "ch32v003f4", title: "CH32V003F4", core: .rv32ec,
    flashBytes: 16 << 10, ramBytes: 2 << 10, clockHertz: 48_000_000, flashWaitStates: 1,
    source:
      "WCH, CH32V003, https://github.com/openwch/ch32v003, and Zephyr, dts/riscv/wch/qingke-v2a.dtsi"
  )

  /// Wait states: STMicroelectronics' `stm32f0xx_ll_utils.c`, one for 24 to 48 MHz.
  private static let stm32f030f4 = Profile(
    name: "stm32f030f4", title: "STM32F030F4", core: .cortexM0,
    flashBytes: 16 << 10, ramBytes: 4 << 10, clockHertz: 48_000_000, flashWaitStates: 1,
    source: "STMicroelectronics, STM32F030F4 data sheet, as Zephyr's page of its board has it,"
      + " https://docs.zephyrproject.org/boards/others/stm32f030_demo/doc/index.html")

  /// Wait states: `stm32f1xx_ll_utils.c`, two for 48 to 72 MHz.
  private static let stm32f103c8 = Profile(
    name: "stm32f103c8", title: "STM32F103C8 (Blue Pill)", core: .cortexM3,
    flashBytes: 64 << 10, ramBytes: 20 << 10, clockHertz: 72_000_000, flashWaitStates: 2,
    source: "STMicroelectronics, STM32F103x8/xB data sheet, DocID13587 Rev 17, features on page 1,"
      + " https://github.com/ClubRobotInsat/kicad/files/2587081/cd00161566.pdf")

  /// SRAM in one run: Zephyr's `stm32g071Xb.dtsi`. Wait states: `stm32g0xx_ll_utils.c`, two for 48 to 64 MHz in voltage
  /// range 1.
  private static let stm32g071rb = Profile(
    name: "stm32g071rb", title: "STM32G071RB (Nucleo-G071RB)", core: .cortexM0Plus,
    flashBytes: 128 << 10, ramBytes: 36 << 10, clockHertz: 64_000_000, flashWaitStates: 2,
    source: "STMicroelectronics, STM32G071RB data sheet, as RIOT's page of its board has it,"
      + " https://doc.riot-os.org/boards/nucleo-g071rb")

  /// Instructions and clock: `gd32vf103.dtsi` (`rv32i`, extensions `m`, `a`, `c`; 108 MHz), memories: `gd32vf103Xb.dtsi`.
  /// Flash and SRAM answer at the core's clock without waiting, say quotations of the data sheet.
  private static let gd32vf103cb = Profile(
    name: "gd32vf103cb", title: "GD32VF103CB (Longan Nano)", core: .rv32imac,
    flashBytes: 128 << 10, ramBytes: 32 << 10, clockHertz: 108_000_000,
    source: "Zephyr, dts/riscv/gd/gd32vf103Xb.dtsi, https://github.com/zephyrproject-rtos/zephyr")

  /// Memories: `nrf51822_qfaa.dtsi`, clock: the page of Nordic's kit. That flash answers without waiting at 16 MHz is an
  /// assumption.
  private static let nrf51822aa = Profile(
    name: "nrf51822aa", title: "nRF51822-QFAA (micro:bit V1)", core: .cortexM0,
    flashBytes: 256 << 10, ramBytes: 16 << 10, clockHertz: 16_000_000,
    source: "Zephyr, dts/arm/nordic/nrf51822_qfaa.dtsi, and the nRF51 DK's page,"
      + " https://docs.zephyrproject.org/1.14.0/boards/arm/nrf51_pca10028/doc/index.html")

  /// Family and clock: Microchip's page, which goes up to 256 KB and 32 KB; that the G18 has them: the page of a board.
  /// One wait state at 48 MHz: Arduino's start-up code (`cores/arduino/startup.c` of ArduinoCore-samd).
  private static let atsamd21g18 = Profile(
    name: "atsamd21g18", title: "ATSAMD21G18 (Arduino Zero)", core: .cortexM0Plus,
    flashBytes: 256 << 10, ramBytes: 32 << 10, clockHertz: 48_000_000, flashWaitStates: 1,
    source: "Microchip, SAM D21/DA1 Family Data Sheet, features, and SparkFun's page of a board,"
      + " https://github.com/sparkfun/SAMD21_Mini_Breakout")

  /// 40 KB of SRAM; another 8 KB, core-coupled, lie at an address of their own (Zephyr's `stm32f303Xc.dtsi`). Wait states:
  /// `stm32f3xx_ll_utils.c`, two for 48 to 72 MHz.
  private static let stm32f303cc = Profile(
    name: "stm32f303cc", title: "STM32F303CC", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 40 << 10, clockHertz: 72_000_000, flashWaitStates: 2,
    source: "STMicroelectronics, STM32F303xB/xC data sheet, DocID023353 Rev 13, features on page 1,"
      + " https://github.com/iNavFlight/inav/files/1895930/STM32F303_datasheet.pdf")

  /// SRAM in one run of 64 KB: Zephyr's `stm32l432Xc.dtsi`. Wait states: `stm32l4xx_ll_utils.c`, four for 64 to 80 MHz in
  /// voltage range 1.
  private static let stm32l432kc = Profile(
    name: "stm32l432kc", title: "STM32L432KC (Nucleo-L432KC)", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 64 << 10, clockHertz: 80_000_000, flashWaitStates: 4,
    source: "STMicroelectronics, STM32L432KC data sheet, as RIOT's page of its board has it,"
      + " https://doc.riot-os.org/group__boards__nucleo-l432kc.html")

  /// Two wait states are what start-up code for this chip sets at 84 MHz and 3.3 V; ST's own table was not read.
  private static let stm32f401cc = Profile(
    name: "stm32f401cc", title: "STM32F401CC (Black Pill)", core: .cortexM4,
    flashBytes: 256 << 10, ramBytes: 64 << 10, clockHertz: 84_000_000, flashWaitStates: 2,
    source: "PlatformIO, boards/blackpill_f401cc.json,"
      + " https://github.com/platformio/platform-ststm32")

  /// Memories: `nrf52832_qfaa.dtsi`. Two wait states where the cache does not have the word are an assumption.
  private static let nrf52832aa = Profile(
    name: "nrf52832aa", title: "nRF52832-QFAA (PineTime)", core: .cortexM4,
    flashBytes: 512 << 10, ramBytes: 64 << 10, clockHertz: 64_000_000, flashWaitStates: 2,
    source:
      "Nordic Semiconductor, nRF52832 Product Specification, as Zephyr (nrf52832_qfaa.dtsi) and"
      + " PlatformIO have it,"
      + " https://github.com/platformio/platformio-docs/blob/develop/boards/nordicnrf52/96b_nitrogen.rst"
  )

  /// 1344 KB of SRAM in one run; 128 KB of DTCM and 64 KB of ITCM lie apart (Zephyr's `m55m1h2l.dtsi`). That the core's
  /// caches hide the flash is an assumption.
  private static let m55m1h2 = Profile(
    name: "m55m1h2", title: "M55M1H2LJAE (NuMaker-M55M1)", core: .cortexM55,
    flashBytes: 2 << 20, ramBytes: 1344 << 10, clockHertz: 220_000_000,
    source: "Nuvoton, NuMicro M55M1, as Zephyr's page of its board has it,"
      + " https://docs.zephyrproject.org/latest/boards/nuvoton/numaker_m55m1/doc/index.html")

  /// It has no flash of its own: 2 MB is what its board carries. That the cache before it (of which the product brief
  /// speaks) hides it is an assumption.
  private static let rp2040 = Profile(
    name: "rp2040", title: "RP2040 (Raspberry Pi Pico)", core: .cortexM0Plus,
    flashBytes: 2 << 20, ramBytes: 264 << 10, clockHertz: 133_000_000,
    source:
      "Raspberry Pi, RP2040 and Pico data sheets, as MicroPython's page and a seller's of the board have them,"
      + " https://docs.micropython.org/en/latest/rp2/general.html and"
      + " https://www.waveshare.com/raspberry-pi-pico-h.htm")

  /// 4 MB of flash in the package: the data sheet's cover; 160 MHz, 400 KB of SRAM, of which the flash cache takes 16:
  /// Zephyr's page; `rv32imc`: its `esp32c3_common.dtsi`. That the cache hides the flash is an assumption.
  private static let esp32c3 = Profile(
    name: "esp32c3", title: "ESP32-C3FH4", core: .rv32,
    flashBytes: 4 << 20, ramBytes: 384 << 10, clockHertz: 160_000_000,
    source: "Espressif, ESP32-C3 Series Datasheet v2.0, cover, and Zephyr's page of its features,"
      + " https://docs.zephyrproject.org/latest/boards/espressif/common/soc-esp32c3-features.html")
}
