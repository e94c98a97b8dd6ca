import Int8Runtime
import Network
import SIMDMath

extension QuantizedNetwork {
  /// The model image: header, weights, and a self-test vector with the logits it gives.
  ///
  /// - Parameters:
  ///   - metadata: whose class names are none, or as many as there are classes.
  ///   - selfTestPicture: 784 pixels, stored in sixteen levels of gray.
  package func modelImage(
    metadata: Metadata, selfTestPicture: [UInt8]
  ) throws(QuantizationError) -> [UInt8] {
    precondition(selfTestPicture.count == pictureBytes)
    precondition([0, shape.classes].contains(metadata.classNames.count))
    let names = ModelImage.bytes(of: metadata.classNames)
    let layout = ModelImageLayout(shape, nameBytes: names.count)
    var image = [UInt8](repeating: 0, count: layout.total)
    writePayload(&image, layout, selfTestPicture)
    for (i, byte) in names.enumerated() { image[layout.names + i] = byte }
    writeHeader(&image, metadata, nameBytes: names.count)
    image.sealModelImage()
    // Only the image itself can say what it answers.
    let logits = try selfTestLogits(image)
    for index in 0..<shape.classes {
      image.put(UInt32(bitPattern: logits[index]), at: layout.selfTestLogits + 4 * index)
    }
    image.sealModelImage()
    return image
  }

  private func selfTestLogits(_ image: [UInt8]) throws(QuantizationError) -> HostLogits {
    do throws(ModelImageError) {
      let flash = try unsafe ModelImage(image.span.bytes)
      let known = (0..<pictureBytes).map { unsafe flash.selfTestPixel($0) }
      var arena = HostArena(shape)
      return arena.classify(of: known.span, with: flash)
    } catch {
      throw .rejected(error)
    }
  }

  private func writePayload(_ image: inout [UInt8], _ layout: ModelImageLayout, _ picture: [UInt8])
  {
    let inputs = shape.inputSpec.inputs
    for unit in 0..<shape.hidden {
      image.put(UInt32(bitPattern: hiddenBias[unit]), at: layout.hiddenBias + 4 * unit)
      let factor = hiddenMultiplier[unit]
      image.put(UInt32(bitPattern: factor.multiplier), at: layout.hiddenMultiplier + 4 * unit)
      image[layout.hiddenShift + unit] = factor.shift
      for input in 0..<inputs {
        let offset = hiddenWeightOffset(input: input, unit: unit, inputs: inputs)
        image[layout.hiddenWeights + offset] = UInt8(
          bitPattern: hiddenWeights[unit * inputs + input])
      }
    }
    var bytes = image.mutableSpan
    var all = unsafe bytes.mutableBytes
    var weights = all._mutatingExtracting(layout.hiddenWeights..<layout.outputWeights)
    packHiddenWeights(&weights)
    for index in 0..<shape.classes {
      image.put(UInt32(bitPattern: outputBias[index]), at: layout.outputBias + 4 * index)
    }
    for (i, weight) in outputWeights.enumerated() {
      image[layout.outputWeights + i] = UInt8(bitPattern: weight)
    }
    for (i, value) in table.enumerated() { image[layout.table + i] = value }
    for i in 0..<pictureBytes / 2 {
      // 17 steps of 15 are 255; the nearest level of each.
      let low = (UInt16(picture[2 * i]) + 8) / 17
      let high = (UInt16(picture[2 * i + 1]) + 8) / 17
      image[layout.selfTestPicture + i] = UInt8(low | high << 4)
    }
  }

  private func writeHeader(_ image: inout [UInt8], _ metadata: Metadata, nameBytes: Int) {
    image.put(Header.magicValue, at: Header.magic)
    image.put(Header.versionValue, at: Header.version)
    image.put(UInt16(Header.bytes), at: Header.headerBytes)
    image.put(UInt32(image.count), at: Header.imageBytes)
    image[Header.side] = UInt8(shape.inputSpec.side)
    image[Header.preprocessing] = shape.inputSpec.deskew ? 1 : 0
    image[Header.activation] = shape.activation.rawValue
    image.put(UInt16(shape.hidden), at: Header.hidden)
    image.put(UInt16(shape.classes), at: Header.classes)
    image.put(UInt16(nameBytes), at: Header.nameBytes)
    image[Header.activationZeroPoint] = activationZeroPoint
    image.put(activationScale.bitPattern, at: Header.activationScale)
    image.put(logitScale.bitPattern, at: Header.logitScale)
    image.put(metadata.temperature.bitPattern, at: Header.temperature)
    image.put(metadata.unsureBelow.bitPattern, at: Header.unsureBelow)
    image.put(metadata.seed, at: Header.seed)
    image.put(UInt32(clamping: metadata.testCount), at: Header.testCount)
    image.put(UInt32(clamping: metadata.testCorrect), at: Header.testCorrect)
    image.put(UInt32(clamping: metadata.trainCount), at: Header.trainCount)
    image.put(UInt32(clamping: metadata.epochs), at: Header.epochs)
    image.put(text: metadata.dataset, at: Header.dataset, length: 32)
    image.put(text: metadata.recipe, at: Header.recipe, length: 64)
  }
}

extension [UInt8] {
  /// Printable ASCII; anything else becomes a question mark.
  fileprivate mutating func put(text: String, at offset: Int, length: Int) {
    for (i, character) in text.unicodeScalars.prefix(length).enumerated() {
      let printable = character.value >= 0x20 && character.value <= 0x7E
      self[offset + i] = printable ? UInt8(character.value) : 0x3F
    }
  }
}
