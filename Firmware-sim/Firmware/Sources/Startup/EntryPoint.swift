/// What startup calls when memory is ready: SwiftPM gives the executable's `@main` this name.
@_extern(c, "main") func firmwareMain()
