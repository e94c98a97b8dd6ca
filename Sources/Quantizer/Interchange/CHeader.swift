import Int8Runtime

/// A network as a C99 header without dependencies: the data, and the functions that read a picture with
/// them. Its logits are the image's, to the bit.
enum CHeader {
  /// The header.
  ///
  /// - Parameters:
  ///   - model: any network.
  ///   - inputSpec: how pictures are brought to it.
  static func file(_ model: Int8Model, _ inputSpec: InputSpec) -> [UInt8] {
    var text = head(model, inputSpec)
    text += names(model)
    let rows = model.hidden
    text += array("int8_t", "hidden_weights", (rows, model.inputs), model.hiddenWeights)
    text += array("int32_t", "hidden_bias", (rows, nil), model.hiddenBias)
    text += array(
      "int32_t", "hidden_multiplier", (rows, nil), model.hiddenMultiplier.map(\.multiplier))
    text += array("uint8_t", "hidden_shift", (rows, nil), model.hiddenMultiplier.map(\.shift))
    if !model.table.isEmpty { text += array("uint8_t", "activation", (256, nil), model.table) }
    text += array("int8_t", "output_weights", (model.classes, model.hidden), model.outputWeights)
    text += array("int32_t", "output_bias", (model.classes, nil), model.outputBias)
    text += CHeaderCode.helpers + (inputSpec.deskew ? CHeaderCode.deskew : CHeaderCode.center)
    text += inputSpec.side == pictureSide ? CHeaderCode.whole : CHeaderCode.pooled
    text += CHeaderCode.hidden(
      activation: model.table.isEmpty ? CHeaderCode.relu : CHeaderCode.table)
    text += CHeaderCode.layers
    return Array(text.utf8)
  }

  private static func head(_ model: Int8Model, _ inputSpec: InputSpec) -> String {
    let notes = [model.notes.dataset, model.notes.recipe].compactMap(\.self).map(comment)
    let training = notes.isEmpty ? "" : "\n * Trained on " + notes.joined(separator: ", ") + "."
    return """
      /*
       * SIMDigit: a network of \(model.inputs) inputs, \(model.hidden) hidden units and \(model.classes) classes.\(training)
       *
       *     #include "this file"
       *     int32_t logits[SIMDIGIT_CLASSES];
       *     int answer = simdigit_classify(picture, logits);
       *
       * A picture has 28 rows of 28 pixels, 0 background to 255 ink. C99, no library, no heap, no
       * floating point; about \(model.hidden + model.inputs + 256) bytes of stack. A logit times SIMDIGIT_LOGIT_SCALE is the
       * network's real one; confidence is the softmax of that divided by SIMDIGIT_TEMPERATURE.
       */
      #ifndef SIMDIGIT_MODEL_H
      #define SIMDIGIT_MODEL_H

      #include <stdint.h>

      #define SIMDIGIT_SIDE \(inputSpec.side)
      #define SIMDIGIT_INPUTS \(model.inputs)
      #define SIMDIGIT_HIDDEN \(model.hidden)
      #define SIMDIGIT_CLASSES \(model.classes)
      #define SIMDIGIT_LOGIT_SCALE \(number(model.logitScale))
      #define SIMDIGIT_TEMPERATURE \(number(model.temperature))


      """
  }

  /// A Float in C: the shortest decimal that reads back as it.
  private static func number(_ value: Float) -> String { "\(value)f" }

  /// Text that a comment can hold.
  private static func comment(_ text: String) -> String {
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,=+-_()")
    return String(text.map { allowed.contains($0) ? $0 : "_" })
  }

  private static func names(_ model: Int8Model) -> String {
    let names = model.classNames.map { "  " + literal($0) }.joined(separator: ",\n")
    return """
      /* What a class is called. */
      static inline const char *simdigit_class_name(int answer)
      {
        static const char *const names[SIMDIGIT_CLASSES] = {
      \(names)
        };
        return names[answer];
      }


      """
  }

  /// A string in C: bytes that are not plain ASCII as octal numbers, which three digits end.
  private static func literal(_ text: String) -> String {
    var result = "\""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20, 0x2D, 0x2E, 0x5F:
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let octal = String(byte, radix: 8)
        result += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
      }
    }
    return result + "\""
  }

  /// A constant array, one row to each of a matrix.
  private static func array(
    _ type: String, _ name: String, _ size: (rows: Int, columns: Int?),
    _ values: [some BinaryInteger]
  ) -> String {
    let columns = size.columns.map { "[\($0)]" } ?? ""
    var text = "static const \(type) simdigit_\(name)[\(size.rows)]\(columns) = {\n"
    let width = size.columns ?? values.count
    for start in stride(from: 0, to: values.count, by: width) {
      var line = size.columns == nil ? "  " : "  {"
      for index in start..<start + width {
        // The least Int32 is no constant in C: its digits are an unsigned or longer number.
        let value = values[index] == -2_147_483_648 ? "(-2147483647 - 1)" : "\(values[index])"
        if line.utf8.count + value.utf8.count > 96 {
          text += line + "\n"
          line = "   "
        }
        line += value + (index == start + width - 1 ? "" : ",")
      }
      let isLast = start + width >= values.count
      text += line + (size.columns == nil ? "\n" : isLast ? "}\n" : "},\n")
    }
    return text + "};\n\n"
  }
}
