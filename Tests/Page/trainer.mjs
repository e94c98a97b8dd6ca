// Trains with the page's module in Node. What it writes is compared with the command's image.
// usage: node trainer.mjs trainer.wasm out.flash seed hidden count epochs method
import assert from "node:assert/strict";
import fs from "node:fs";

const [, , moduleFile, out, ...numbers] = process.argv;
const [seed, hidden, count, epochs, method] = numbers.map(Number);
const code = fs.readFileSync(moduleFile);
if (!WebAssembly.validate(code)) {
  console.log("this Node has no relaxed vectors");
  process.exit(69);
}
const x = (await WebAssembly.instantiate(code, {})).instance.exports;
if (x.roundsOnce(1 + 2 ** -23) !== 1) {
  console.log("this processor rounds twice");
  process.exit(69);
}
const text = () => new TextDecoder().decode(new Uint8Array(x.memory.buffer, x.bytes(), x.byteCount()));
const values = () => new Float32Array(x.memory.buffer, x.numbers(), x.numberCount());
assert.equal(x.begin(seed, hidden, count, epochs, method, 1), 0, text());
let outcome = 0;
if (method === 1) {
  // The first example is looked at: what was said of it agrees with itself.
  outcome = x.watch();
  const found = values();
  const [label, rate, h, k] = found;
  const at = 4 + 4 * h;
  let sum = 0;
  for (let index = 0; index < k; index++) {
    const [, y, delta] = found.subarray(at + 3 * index);
    sum += y;
    assert.ok(Math.abs(delta - (y - (index === label ? 1 : 0))) < 1e-6, "Y - R");
  }
  assert.ok(Math.abs(sum - 1) < 1e-5, "probabilities");
  for (let unit = 0; unit < h; unit++) {
    const [z, activation] = found.subarray(4 + 4 * unit);
    assert.ok(Math.abs(activation - Math.max(0, z)) < 1e-4, "Z");
  }
  const [input, unit, before, after] = found.subarray(at + 3 * k);
  const X = new Uint8Array(x.memory.buffer, x.bytes(), x.byteCount())[input] / 255;
  assert.ok(Math.abs(before - rate * X * found[4 + 4 * unit + 2] - after) < 1e-6, "W");
}
const begun = process.cpuUsage();
while (outcome < 2) outcome = x.advance(256);
const { user, system } = process.cpuUsage(begun);
assert.equal(outcome, 2, text());
assert.equal(x.finish(), 2);
fs.writeFileSync(out, new Uint8Array(x.memory.buffer, x.bytes(), x.byteCount()));
console.log(`${Math.round(1e6 * count * epochs / (user + system))} digits a second of processor time, validation included; ${values()[2]} of ${values()[0]} read right`);
