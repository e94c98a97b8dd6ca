import Int8Runtime
import Network
import SIMDMath

// Between what files hold and what is trained and flashed here. Nothing else in this folder knows how
// networks and images store their numbers.

extension FloatModel {
  /// A trained network.
  package init(_ network: FloatNetwork, inputSpec: InputSpec, notes: ModelNotes = ModelNotes()) {
    var notes = notes
    notes.activation = network.activation
    notes.side = inputSpec.side
    notes.deskew = inputSpec.deskew
    self.init(
      inputs: network.inputs, hidden: network.hidden, classes: network.classes, notes: notes)
    for unit in 0..<hidden {
      hiddenBias[unit] = network.hiddenBias(unit)
      for input in 0..<inputs {
        hiddenWeights[input * hidden + unit] = network[input: input, unit: unit]
      }
      for output in 0..<classes {
        outputWeights[unit * classes + output] = network[unit: unit, class: output]
      }
    }
    for output in 0..<classes { outputBias[output] = network.outputBias(output) }
  }
}

extension FloatNetwork {
  /// A network from a file. Units that it lacks to a multiple of sixteen are added, with weights of zero.
  ///
  /// - Throws: for other than 2 to 64 classes.
  package init(_ model: FloatModel) throws(InterchangeError) {
    try checkClasses(model.classes)
    let padded = (model.hidden + 15) / 16 * 16
    self.init(
      inputs: model.inputs, hidden: padded, classes: model.classes, activation: model.activation,
      seed: 0)
    parameters = [Vector](repeating: Vector(), count: layout.total)
    for unit in 0..<model.hidden {
      parameters[layout.hiddenBiases.lowerBound + unit / 16][unit % 16] = model.hiddenBias[unit]
      for input in 0..<inputs {
        self[input: input, unit: unit] = model.hiddenWeights[input * model.hidden + unit]
      }
      for output in 0..<model.classes {
        self[unit: unit, class: output] = model.outputWeights[unit * model.classes + output]
      }
    }
    for output in 0..<model.classes {
      parameters[layout.outputBias.lowerBound + output / 16][output % 16] =
        model.outputBias[output]
    }
  }
}

extension QuantizedNetwork {
  /// The integers of a file, as they are. Units that it lacks to a multiple of sixteen are added, with
  /// weights of zero.
  ///
  /// - Parameter inputSpec: how pictures are brought to it; of as many inputs.
  /// - Throws: for other than 2 to 64 classes.
  package init(_ model: Int8Model, inputSpec: InputSpec) throws(InterchangeError) {
    try checkClasses(model.classes)
    precondition(inputSpec.inputs == model.inputs)
    let added = (model.hidden + 15) / 16 * 16 - model.hidden
    shape = ModelShape(
      inputSpec: inputSpec, hidden: model.hidden + added, classes: model.classes,
      activation: model.activation)
    hiddenWeights =
      model.hiddenWeights + [Int8](repeating: 0, count: added * model.inputs)
    hiddenBias = model.hiddenBias + [Int32](repeating: 0, count: added)
    // Any factor makes zero of zero; one that is there already can be exported again.
    hiddenMultiplier = model.hiddenMultiplier
    hiddenMultiplier += repeatElement(model.hiddenMultiplier[0], count: added)
    table = model.table
    outputWeights = (0..<model.classes).flatMap { output in
      model.outputWeights[output * model.hidden..<(output + 1) * model.hidden]
        + [Int8](repeating: 0, count: added)
    }
    outputBias = model.outputBias
    activationZeroPoint = model.activationZeroPoint
    activationScale = model.activationScale
    logitScale = model.logitScale
  }
}

extension Int8Model {
  /// What an image holds.
  ///
  /// - Throws: for a weight of 128, which the device's format can hold and the quantizer does not write.
  /// - Complexity: linear in the image.
  package init(_ image: borrowing ModelImage) throws(InterchangeError) {
    let shape = image.shape
    self.init(inputs: shape.inputSpec.inputs)
    activation = shape.activation
    notes.side = shape.inputSpec.side
    notes.deskew = shape.inputSpec.deskew
    for unit in 0..<shape.hidden {
      // Units that there are.
      unsafe hiddenBias.append(image.hiddenBias(unit))
      unsafe hiddenMultiplier.append(image.hiddenMultiplier(unit))
      let packed = image.hiddenWeights(block: unit / unitsPerBlock)
      for input in 0..<inputs {
        let offset = hiddenWeightOffset(input: input, unit: unit & 6, inputs: inputs)
        // Inside: a block has eight weights for each input.
        let half = unsafe packed.unsafeLoadUnaligned(fromByteOffset: offset, as: Int16.self)
        let both = packedWeights(Int16(littleEndian: half))
        guard let weight = Int8(exactly: unit & 1 == 0 ? both.even : both.odd) else {
          throw InterchangeError("has a weight of 128", "train it again")
        }
        hiddenWeights.append(weight)
      }
    }
    if activation.needsTable {
      for value in 0..<256 { table.append(image.activation(UInt8(value))) }
    }
    for output in 0..<shape.classes {
      unsafe outputBias.append(image.outputBias(output))
      let row = image.outputWeights(output)
      for unit in 0..<shape.hidden {
        // Inside: a row has a weight for each unit.
        unsafe outputWeights.append(row.unsafeLoad(fromByteOffset: unit, as: Int8.self))
      }
    }
    readHeader(image)
  }

  private mutating func readHeader(_ image: borrowing ModelImage) {
    func number(_ offset: Int) -> UInt32 { UInt32(bitPattern: image.word(offset)) }
    func text(_ range: Range<Int>) -> String {
      String(decoding: range.map { image.byte($0) }.prefix { $0 != 0 }, as: UTF8.self)
    }
    activationZeroPoint = image.byte(Header.activationZeroPoint)
    activationScale = Float(bitPattern: number(Header.activationScale))
    logitScale = Float(bitPattern: number(Header.logitScale))
    temperature = Float(bitPattern: number(Header.temperature))
    notes.classNames = image.classNames
    notes.dataset = text(Header.dataset..<Header.recipe)
    notes.recipe = text(Header.recipe..<Header.headerChecksum)
    notes.seed = UInt64(number(Header.seed)) | UInt64(number(Header.seed + 4)) << 32
    notes.trainCount = Int(number(Header.trainCount))
    notes.epochs = Int(number(Header.epochs))
  }
}

private func checkClasses(_ classes: Int) throws(InterchangeError) {
  guard ModelShape.classCounts.contains(classes) else {
    throw InterchangeError("has \(classes) classes", FloatModel.advice)
  }
}
