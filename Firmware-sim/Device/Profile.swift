/// What a model has to live with on one real chip: its memories, its core and its clock.
///
/// ```swift
/// for chip in Profile.all where chip.core == .cortexM0 {
///   print(chip.title, chip.flashBytes, chip.ramBytes)  // STM32F030F4 16384 4096
/// }
/// ```
///
/// The numbers are those of ``source`` and describe the whole chip. Nothing is set aside here for a
/// boot loader, a radio stack or another tenant.
package struct Profile: Sendable, Hashable {
  /// The identifier on the command line, in lower case, as in `--device stm32f030f4`.
  package let name: String

  /// The chip's name as its manufacturer writes it, with the board it is known from, if any.
  package let title: String

  /// The processor core, which decides what an instruction costs.
  package let core: Core

  /// Program memory in bytes.
  package let flashBytes: Int

  /// The largest run of static RAM with consecutive addresses that a program may use, in bytes.
  ///
  /// Memory that lies apart, such as the 8 KB beside the core of an STM32F303, is not counted: one
  /// arena has to hold everything.
  package let ramBytes: Int

  /// The highest clock the data sheet allows the core, in hertz.
  package let clockHertz: Int

  /// How many cycles more a word of flash takes at that clock, if no cache has it. Where each is from, or that it is an
  /// assumption, says the comment at each chip.
  package var flashWaitStates = 0

  /// Where core, memories and clock come from: manufacturer, document, and its number or address, or where it was read.
  package let source: String
}
