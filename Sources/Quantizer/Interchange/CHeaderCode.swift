/// The C of an exported header: the runtime's preprocessing and layers, line by line. Numbers stay in the
/// ranges that the runtime's comments prove, so that nothing is undefined; shifts of negative numbers, which
/// C leaves to the compiler, are done by `simdigit_shift`.
enum CHeaderCode {
  /// Shifts, bounds and square roots.
  static let helpers = """
    /* x / 2^bits, rounded down. */
    static inline int32_t simdigit_shift(int32_t x, int bits)
    {
      return x < 0 ? -1 - ((-1 - x) >> bits) : x >> bits;
    }

    static inline int32_t simdigit_bounded(int32_t x, int32_t low, int32_t high)
    {
      return x < low ? low : x > high ? high : x;
    }

    /* Where the ink is: its mass, and moments about pixel (14, 14). */
    struct simdigit_moments { int32_t mass, x, y, xx, xy, yy; };

    static inline struct simdigit_moments simdigit_moments_of(const uint8_t picture[784])
    {
      struct simdigit_moments m = {0, 0, 0, 0, 0, 0};
      for (int y = 0; y < 28; y++) {
        for (int x = 0; x < 28; x++) {
          const int32_t ink = picture[28 * y + x];
          m.mass += ink;
          m.x += ink * (x - 14);
          m.y += ink * (y - 14);
          m.xx += ink * (x - 14) * (x - 14);
          m.xy += ink * (x - 14) * (y - 14);
          m.yy += ink * (y - 14) * (y - 14);
        }
      }
      return m;
    }

    /* How samples lie in the picture, in 256ths of a pixel. */
    struct simdigit_frame { int32_t center_x, center_y, shear, step_x, step_y; };


    """

  /// Centering alone.
  static let center = """
    static inline struct simdigit_frame simdigit_frame_of(struct simdigit_moments m)
    {
      struct simdigit_frame f = {0, 0, 0, 256, 256};
      const int32_t a = m.x / m.mass, b = m.y / m.mass;
      f.center_x = (14 + a) * 256 + (m.x - a * m.mass) * 256 / m.mass;
      f.center_y = (14 + b) * 256 + (m.y - b * m.mass) * 256 / m.mass;
      return f;
    }

    /* Row y of the picture moved by whole pixels, its center of mass next to (14, 14). */
    static inline void simdigit_row(
        const uint8_t picture[784], struct simdigit_frame f, int y, uint8_t row[28])
    {
      const int32_t from = y + simdigit_shift(f.center_y + 128, 8) - 14;
      const int32_t right = simdigit_shift(f.center_x + 128, 8) - 14;
      for (int x = 0; x < 28; x++) {
        const int32_t column = x + right;
        const int inside = from >= 0 && from < 28 && column >= 0 && column < 28;
        row[x] = inside ? picture[28 * from + column] : 0;
      }
    }


    """

  /// Setting upright and scaling.
  static let deskew = """
    static inline int32_t simdigit_root(int32_t value)
    {
      uint32_t rest = (uint32_t)value, root = 0, bit = (uint32_t)1 << 30;
      while (bit > rest) bit >>= 2;
      for (; bit != 0; bit >>= 2) {
        if (rest >= root + bit) {
          rest -= root + bit;
          root = (root >> 1) + bit;
        } else {
          root >>= 1;
        }
      }
      return (int32_t)root;
    }

    static inline int32_t simdigit_deviation(int32_t moment, int32_t mass)
    {
      return simdigit_root(simdigit_bounded(moment, 0, (int32_t)1 << 22) * 256 / mass * 256);
    }

    static inline struct simdigit_frame simdigit_frame_of(struct simdigit_moments m)
    {
      struct simdigit_frame f = {0, 0, 0, 256, 256};
      const int32_t a = m.x / m.mass, b = m.y / m.mass;
      const int32_t rest_x = m.x - a * m.mass, rest_y = m.y - b * m.mass;
      const int32_t delta_x = rest_x * 256 / m.mass, delta_y = rest_y * 256 / m.mass;
      int32_t weight = m.mass;
      int32_t xx = m.xx - 2 * a * m.x + a * a * m.mass - simdigit_shift(delta_x * rest_x, 8);
      int32_t xy = m.xy - a * m.y - b * m.x + a * b * m.mass - simdigit_shift(delta_x * rest_y, 8);
      int32_t yy = m.yy - 2 * b * m.y + b * b * m.mass - simdigit_shift(delta_y * rest_y, 8);
      f.center_x = (14 + a) * 256 + delta_x;
      f.center_y = (14 + b) * 256 + delta_y;
      while (xx >= (int32_t)1 << 22 || yy >= (int32_t)1 << 22) {
        xx = simdigit_shift(xx, 1);
        xy = simdigit_shift(xy, 1);
        yy = simdigit_shift(yy, 1);
        weight >>= 1;
      }
      if (yy * 2 <= weight) return f;
      f.shear = simdigit_bounded(xy * 256 / yy, -512, 512);
      f.step_y = simdigit_bounded(simdigit_deviation(yy, weight) * 10 / 53, 160, 427);
      xx = simdigit_deviation(xx - simdigit_shift(f.shear * xy, 8), weight);
      f.step_x = simdigit_bounded(simdigit_root(xx * 2560 / 36), 160, 427);
      return f;
    }

    /* Row y of the picture set upright: what lies between two rows, then between two columns. */
    static inline void simdigit_row(
        const uint8_t picture[784], struct simdigit_frame f, int y, uint8_t row[28])
    {
      const int32_t down = simdigit_shift((2 * y - 27) * f.step_y, 1);
      const int32_t above = simdigit_shift(f.center_y + down, 8), part = (f.center_y + down) & 255;
      int32_t at = f.center_x + simdigit_shift(f.shear * down, 8) - simdigit_shift(27 * f.step_x, 1);
      int32_t line[30];
      for (int x = 0; x < 30; x++) {
        const int inside = x > 0 && x < 29;
        const int32_t upper = inside && above >= 0 && above < 28 ? picture[28 * above + x - 1] : 0;
        const int32_t lower = inside && above >= -1 && above < 27 ? picture[28 * above + x + 27] : 0;
        line[x] = (upper * (256 - part) + lower * part + 128) >> 8;
      }
      for (int x = 0; x < 28; x++, at += f.step_x) {
        const int32_t column = simdigit_shift(at, 8) + 1;
        const int32_t left = column >= 0 && column < 30 ? line[column] : 0;
        const int32_t right = column >= -1 && column < 29 ? line[column + 1] : 0;
        const int32_t ink = (left * 256 + (right - left) * (at & 255) + 128) >> 8;
        row[x] = (uint8_t)(ink < 32 ? 0 : ink);
      }
    }


    """

  /// All 28 rows.
  static let whole = """
    /* What the network sees of a picture. */
    static inline void simdigit_preprocess(
        const uint8_t picture[784], uint8_t inputs[SIMDIGIT_INPUTS])
    {
      const struct simdigit_moments m = simdigit_moments_of(picture);
      for (int i = 0; i < SIMDIGIT_INPUTS; i++) inputs[i] = 0;
      if (m.mass == 0) return;
      const struct simdigit_frame f = simdigit_frame_of(m);
      for (int y = 0; y < 28; y++) simdigit_row(picture, f, y, inputs + 28 * y);
    }


    """

  /// The means of four pixels each, of the central square.
  static let pooled = """
    /* What the network sees of a picture: means of four pixels in the middle of it. */
    static inline void simdigit_preprocess(
        const uint8_t picture[784], uint8_t inputs[SIMDIGIT_INPUTS])
    {
      const struct simdigit_moments m = simdigit_moments_of(picture);
      const int margin = 14 - SIMDIGIT_SIDE;
      for (int i = 0; i < SIMDIGIT_INPUTS; i++) inputs[i] = 0;
      if (m.mass == 0) return;
      const struct simdigit_frame f = simdigit_frame_of(m);
      for (int y = 0; y < SIMDIGIT_SIDE; y++) {
        uint8_t upper[28], lower[28];
        simdigit_row(picture, f, margin + 2 * y, upper);
        simdigit_row(picture, f, margin + 2 * y + 1, lower);
        for (int x = 0; x < SIMDIGIT_SIDE; x++) {
          const int at = margin + 2 * x;
          const int sum = upper[at] + upper[at + 1] + lower[at] + lower[at + 1];
          inputs[SIMDIGIT_SIDE * y + x] = (uint8_t)((sum + 2) >> 2);
        }
      }
    }


    """

  /// ReLU.
  static let relu = "return (uint8_t)simdigit_bounded(value, 0, 255);"
  /// A table of 256 values.
  static let table = "return simdigit_activation[simdigit_bounded(value, -128, 127) + 128];"

  /// A hidden unit.
  static func hidden(activation: String) -> String {
    """
    /* What a hidden unit gives for its sum: the sum times multiplier / 2^(31 + shift), rounded twice as
     * TensorFlow Lite Micro does it, and what the activation makes of that. */
    static inline uint8_t simdigit_hidden(int32_t sum, int unit)
    {
      const int64_t product = (int64_t)sum * simdigit_hidden_multiplier[unit] + ((int64_t)1 << 30);
      const int bits = simdigit_hidden_shift[unit];
      const int32_t high = (int32_t)(
          product < 0 ? -1 - ((-1 - product) >> 31) : product >> 31);
      const int32_t mask = (int32_t)(((uint32_t)1 << bits) - 1);
      const int32_t half = (mask >> 1) + (high < 0 ? 1 : 0);
      const int32_t value = simdigit_shift(high, bits) + ((high & mask) > half ? 1 : 0);
      \(activation)
    }


    """
  }

  /// The layers.
  static let layers = """
    /* The activations of the hidden units. */
    static inline void simdigit_activations(
        const uint8_t inputs[SIMDIGIT_INPUTS], uint8_t hidden[SIMDIGIT_HIDDEN])
    {
      for (int unit = 0; unit < SIMDIGIT_HIDDEN; unit++) {
        int32_t sum = simdigit_hidden_bias[unit];
        for (int i = 0; i < SIMDIGIT_INPUTS; i++) {
          sum += simdigit_hidden_weights[unit][i] * inputs[i];
        }
        hidden[unit] = simdigit_hidden(sum, unit);
      }
    }

    /* Reads a picture: a logit for each class, and the class of the largest. */
    static inline int simdigit_classify(const uint8_t picture[784], int32_t logits[SIMDIGIT_CLASSES])
    {
      uint8_t inputs[SIMDIGIT_INPUTS], hidden[SIMDIGIT_HIDDEN];
      int best = 0;
      simdigit_preprocess(picture, inputs);
      simdigit_activations(inputs, hidden);
      for (int answer = 0; answer < SIMDIGIT_CLASSES; answer++) {
        int32_t sum = simdigit_output_bias[answer];
        for (int unit = 0; unit < SIMDIGIT_HIDDEN; unit++) {
          sum += simdigit_output_weights[answer][unit] * hidden[unit];
        }
        logits[answer] = sum;
        if (sum > logits[best]) best = answer;
      }
      return best;
    }

    #endif

    """
}
