// Reads pictures with the page's module in Node and compares with what infer-sim answered.
// usage: node reader.mjs reader.wasm image.flash answers.json FOLDER
// answers.json is what `infer-sim --json` said of the pictures in FOLDER, which are PGM (P5, eight bits).
import assert from "node:assert/strict";
import fs from "node:fs";

const [, , moduleFile, flashFile, answersFile, folder] = process.argv;
const { instance } = await WebAssembly.instantiate(fs.readFileSync(moduleFile), {});
const x = instance.exports;
const flash = fs.readFileSync(flashFile);

function withBytes(bytes, body) {
  const start = x.take(Math.max(1, bytes.length));
  new Uint8Array(x.memory.buffer).set(bytes, start);
  try { return body(start); } finally { x.giveBack(start); }
}
const open = image => withBytes(image, start => x.open(start, image.length));
const text = () => new TextDecoder().decode(new Uint8Array(x.memory.buffer, x.textStart(), x.textCount()));

function picture(file) {
  const bytes = fs.readFileSync(file);
  const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString("latin1"));
  const gray = bytes.subarray(head.length);
  const colors = new Uint8Array(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) colors.fill(gray[i], 4 * i, 4 * i + 3);
  return { colors, gray, width: Number(width), height: Number(height) };
}

assert.equal(open(flash), 0, text());
const classes = JSON.parse(text()).classes;

function read({ colors, width, height }) {
  if (withBytes(colors, start => x.read(start, width, height)) !== 0) return { error: text() };
  return withBytes(new Uint8Array(4 * classes.length), start => {
    x.logits(start);
    const logits = [...new Int32Array(x.memory.buffer, start, classes.length)];
    const numbers = new Float32Array(x.memory.buffer, x.numbers(), 7 + 2 * classes.length);
    return { logits, digit: numbers[0], unsure: numbers[1] === 1, confidence: numbers[7 + classes.length + numbers[0]] };
  });
}

const answers = JSON.parse(fs.readFileSync(answersFile)).results;
const pictures = answers.map(answer => picture(`${folder}/${answer.image.split("/").at(-1)}`));
for (const [index, answer] of answers.entries()) {
  const found = read(pictures[index]);
  if (answer.error) {
    assert.equal(`${answer.image}: ${found.error}`, answer.error);
  } else {
    assert.deepEqual([found.logits, found.digit, found.unsure], [answer.logits, answer.digit, answer.unsure], answer.image);
    assert.ok(Math.abs(found.confidence - answer.confidence) < 1e-6, answer.image);
  }
}
console.log(`${answers.length} pictures: all answers equal infer-sim's`);

// The same memory whatever was read.
const [taken, size] = [x.takenBytes(), x.memory.buffer.byteLength];
for (let i = 0; i < 10000; i++) read(pictures[i % pictures.length]);
read(pictures[answers.length - 1]);
assert.equal(x.takenBytes(), taken, "bytes are left over");
assert.equal(x.memory.buffer.byteLength, size, "memory grew");
console.log("10,000 pictures later: memory as before");

// Every bit of the header and of every thousandth byte behind it.
for (let byte = 0; byte < flash.length; byte += byte < 168 ? 1 : 997) {
  for (let bit = 0; bit < 8; bit++) {
    const damaged = Buffer.from(flash);
    damaged[byte] ^= 1 << bit;
    assert.notEqual(open(damaged), 0, `bit ${bit} of byte ${byte}`);
    assert.notEqual(text(), "");
  }
}
for (const length of [0, 1, 167, 168, flash.length - 4]) assert.notEqual(open(flash.subarray(0, length)), 0);
console.log("images with a bit or bytes missing: all refused");

const plain = pictures.filter(({ width, height }) => width === 28 && height === 28).slice(0, 10000);
const pixels = Buffer.concat(plain.map(({ gray }) => gray.subarray(0, 784)));
withBytes(pixels, start => withBytes(new Uint8Array(4 * classes.length * plain.length), target => {
  let best = Infinity;
  for (let pass = 0; pass < 9; pass++) {
    const begun = process.cpuUsage();
    assert.equal(x.readMany(start, plain.length, target), 0);
    const { user, system } = process.cpuUsage(begun);
    best = Math.min(best, (user + system) / plain.length);
  }
  console.log(`${best.toFixed(2)} us of processor time a digit, image opened once`);
}));
