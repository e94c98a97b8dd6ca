import Digits
import Int8Runtime
import Page

// What a page calls to read pictures. It is one thread: what is kept here is changed by one call at a time. Numbers
// that a call leaves stand at `numbers()` or `bytes()` until the next one.

/// The model image that reads, all checks passed.
nonisolated(unsafe) private var image: [UInt8] = []
/// What the last picture came to.
nonisolated(unsafe) private var reading: PictureReading?
nonisolated(unsafe) private var sums: [Int32] = []
/// What the last call has to say.
nonisolated(unsafe) private var text: [UInt8] = []
nonisolated(unsafe) private var floats: [Float] = []

/// The model image. It was opened before, so that it opens.
private func withImage(_ body: (borrowing ModelImage) -> Void) {
  do throws(ModelImageError) {
    body(try unsafe ModelImage(image.span.bytes))
  } catch { say(error.explanation) }
}

private func say(_ words: String) { unsafe text = Array(words.utf8) }

private func say(_ words: StaticString) {
  unsafe text = Array(UnsafeBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount))
}

/// Where an array's elements stand until it is changed.
private func address<Element>(_ array: borrowing [Element]) -> UInt {
  unsafe array.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
}

/// Where the words stand that the last call left.
@_expose(wasm, "textStart") @c(textStart)
public func textStart() -> UInt { unsafe address(text) }
/// How many bytes of UTF-8 they are.
@_expose(wasm, "textCount") @c(textCount)
public func textCount() -> Int { unsafe text.count }
/// Where the numbers stand that the last call left.
@_expose(wasm, "numbers") @c(numbers)
public func numbers() -> UInt { unsafe address(floats) }

/// Memory for the page to write to.
@_expose(wasm, "take") @c(take)
public func take(_ count: Int) -> UnsafeMutableRawPointer {
  UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
}

/// Memory that the page is done with.
@_expose(wasm, "giveBack") @c(giveBackTaken)
public func giveBackTaken(_ memory: UnsafeMutableRawPointer) { unsafe memory.deallocate() }

/// Checks a model image and runs its self-test; from then on it reads.
///
/// - Returns: 0, or why not as a number of ``ModelImageError``, with the words in the text; the image that read
///   before goes on then.
@_expose(wasm, "open") @c(open)
public func open(_ start: UnsafeRawPointer, _ count: Int) -> Int {
  let bytes = unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  do throws(ModelImageError) {
    let opened = try unsafe ModelImage(bytes.span.bytes)
    var memory = [UInt8](repeating: 0, count: ArenaLayout(opened.shape).total)
    var span = memory.mutableSpan
    var arena = unsafe span.mutableBytes
    try opened.selfTest(&arena)
    say(opened.report)
  } catch {
    say(error.explanation)
    return Int(error.rawValue)
  }
  unsafe image = bytes
  unsafe reading = nil
  return 0
}

/// Puts the words for a number of ``ModelImageError`` into the text; none for other numbers.
@_expose(wasm, "explain") @c(explain)
public func explain(_ number: Int) {
  say(UInt8(exactly: number).flatMap(ModelImageError.init)?.explanation ?? "")
}

/// Reads a picture of any size: red, green, blue and opaqueness, four bytes a pixel.
///
/// - Returns: 0, or 1 if nothing was read, with the words in the text. The numbers: the class, whether it is unsure,
///   the box of the ink (left, top, width, height), whether it was dark, then logits, probabilities, instructions a chip.
@_expose(wasm, "read") @c(read)
public func read(_ pixels: UnsafePointer<UInt8>, _ width: Int, _ height: Int) -> Int {
  unsafe reading = nil
  let colors = unsafe Array(UnsafeBufferPointer(start: pixels, count: 4 * width * height))
  withImage { opened in
    do throws(DigitsError) {
      let answer = try opened.read(
        Picture(width: width, height: height, rgba: colors), file: "")
      let box = answer.digit.box
      unsafe floats = [
        Float(answer.answer), answer.isUnsure ? 1 : 0, Float(box.left), Float(box.top),
        Float(box.width), Float(box.height), answer.digit.inverted ? 1 : 0,
      ]
      unsafe floats += (0..<answer.logits.count).map { Float(answer.logits[$0]) }
      unsafe floats += answer.probabilities
      unsafe floats += opened.instructions(answer).map { Float($0) }
      unsafe sums = opened.hiddenSums(answer.features)
      unsafe reading = answer
    } catch { say("\(error.problem); \(error.advice)") }
  }
  return unsafe reading == nil ? 1 : 0
}

/// The last picture's logits, exactly: as many numbers of 32 bits as classes, written to `target`.
@_expose(wasm, "logits") @c(logits)
public func logits(_ target: UnsafeMutablePointer<Int32>) -> Int {
  guard let reading = unsafe reading else { return 0 }
  for index in 0..<reading.logits.count { unsafe target[index] = reading.logits[index] }
  return reading.logits.count
}

/// X of the last picture, a byte for each input.
@_expose(wasm, "features") @c(features)
public func features() -> UInt { unsafe reading.map { address($0.features) } ?? 0 }

/// Z of the last picture as numbers: for each hidden unit its activation in steps, and its pre-activation.
@_expose(wasm, "hidden") @c(hidden)
public func hidden() -> Int {
  guard let reading = unsafe reading else { return 0 }
  withImage { opened in
    unsafe floats = reading.activations.map { Float($0) }
    for (unit, sum) in unsafe sums.enumerated() {
      unsafe floats.append(opened.preactivation(sum, unit: unit))
    }
  }
  return reading.activations.count
}

/// A hidden unit as numbers: its weights, one for each input, then what it adds to each class's logit.
@_expose(wasm, "unit") @c(unit)
public func unit(_ number: Int) -> Int {
  unsafe floats = []
  withImage { opened in
    guard (0..<opened.shape.hidden).contains(number) else { return }
    unsafe floats = (0..<opened.shape.inputSpec.inputs).map {
      Float(opened.hiddenWeight(input: $0, unit: number))
    }
    for index in 0..<opened.shape.classes {
      let activation = unsafe reading.map { $0.activations[number] }
      unsafe floats.append(
        activation.map { Float(opened.addend(of: $0, unit: number, class: index)) } ?? 0)
    }
  }
  return unsafe floats.count
}

/// What each input of the last picture adds to a class's logit, as numbers.
@_expose(wasm, "contributions") @c(contributions)
public func contributions(_ index: Int) -> Int {
  unsafe floats = []
  withImage { opened in
    guard let reading = unsafe reading, (0..<opened.shape.classes).contains(index) else { return }
    unsafe floats = opened.contributions(
      to: index, reading.features, sums: sums, activations: reading.activations)
  }
  return unsafe floats.count
}

/// Reads pictures of 784 bytes as they are, one after the other, and writes their logits, 32 bits each.
///
/// - Returns: 0, or 1 if no image is open.
@_expose(wasm, "readMany") @c(readMany)
public func readMany(
  _ pictures: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<Int32>
) -> Int {
  var isRead = false
  withImage { opened in
    var memory = [UInt8](repeating: 0, count: ArenaLayout(opened.shape).total)
    var span = memory.mutableSpan
    var arena = unsafe span.mutableBytes
    let classes = opened.shape.classes
    for picture in 0..<count {
      for i in 0..<pictureBytes {
        unsafe arena.storeBytes(
          of: pictures[picture * pictureBytes + i], toByteOffset: i, as: UInt8.self)
      }
      let logits = opened.classify(&arena)
      for index in 0..<classes { unsafe target[picture * classes + index] = logits[index] }
    }
    isRead = true
  }
  return isRead ? 0 : 1
}
