// The module that reads, and what it knows.
const MALFORMED_FIELD = 8;

class Reader {
  static async make(code) {
    const { instance } = await WebAssembly.instantiate(code, {});
    return new Reader(instance.exports);
  }

  constructor(exports) {
    this.x = exports;
    this.report = null;
  }

  // Calls `body` with the address of a copy of some bytes.
  with(bytes, body) {
    const start = this.x.take(Math.max(1, bytes.length));
    new Uint8Array(this.x.memory.buffer).set(bytes, start);
    try { return body(start); } finally { this.x.giveBack(start); }
  }

  text() {
    const bytes = new Uint8Array(this.x.memory.buffer, this.x.textStart(), this.x.textCount());
    return new TextDecoder().decode(bytes);
  }

  numbers(count) { return new Float32Array(this.x.memory.buffer, this.x.numbers(), count).slice(); }

  // Checks a model image; gives the reason if it is refused, and then goes on with the one before.
  open(image) {
    if (this.openAlone(image) !== 0) return this.text();
    const report = JSON.parse(this.text());
    if (!areNames(report.classes)) {
      if (this.image) this.openAlone(this.image);
      this.x.explain(MALFORMED_FIELD);
      return this.text();
    }
    [this.report, this.image] = [report, image];
    return null;
  }

  openAlone(image) { return this.with(image, start => this.x.open(start, image.length)); }

  // Reads red, green, blue and opaqueness.
  read(pixels, width, height) {
    const failed = this.with(pixels, start => this.x.read(start, width, height));
    if (failed) return { error: this.text() };
    const { classes, chips, hidden, side } = this.report;
    const k = classes.length;
    const all = this.numbers(7 + 2 * k + chips.length);
    const logits = this.with(new Uint8Array(4 * k), start => {
      this.x.logits(start);
      return [...new Int32Array(this.x.memory.buffer, start, k)];
    });
    return {
      digit: all[0], class: classes[all[0]], unsure: all[1] === 1, logits,
      probabilities: [...all.subarray(7 + k, 7 + 2 * k)], confidence: all[7 + k + all[0]],
      instructions: [...all.subarray(7 + 2 * k)],
      features: new Uint8Array(this.x.memory.buffer, this.x.features(), side * side).slice(),
      hidden: this.numbersOf(this.x.hidden(), 2 * hidden),
    };
  }

  numbersOf(found, count) { return found > 0 ? this.numbers(count) : new Float32Array(count); }

  // A hidden unit's weights, and what it adds to the score of each class.
  unit(number) {
    const inputs = this.report.side ** 2;
    const all = this.numbersOf(this.x.unit(number), inputs + this.report.classes.length);
    return { weights: all.subarray(0, inputs), adds: all.subarray(inputs) };
  }

  // What each input adds to the score of a class.
  contributions(index) {
    return this.numbersOf(this.x.contributions(index), this.report.side ** 2);
  }
}
