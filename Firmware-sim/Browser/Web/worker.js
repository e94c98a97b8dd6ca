"use strict";
// Trains in a worker, a few steps at a time, so that it hears what it is told in between.
let x = null, options = null, going = false, busy = false, steps = 1, shown = 0, pictured = 0;
const RUNNING = 0, EPOCH = 1, DONE = 2, FAILED = 3;

const say = (kind, content = {}, passed = []) => postMessage({ kind, ...content }, passed);
const text = () => new TextDecoder().decode(new Uint8Array(x.memory.buffer, x.bytes(), x.byteCount()));
const bytes = () => new Uint8Array(x.memory.buffer, x.bytes(), x.byteCount()).slice();
const numbers = () => new Float32Array(x.memory.buffer, x.numbers(), x.numberCount()).slice();

// The module whose multiplications with additions round once, where browser and processor have them.
async function instance(modules) {
  if (WebAssembly.validate(modules.fused)) {
    const { instance } = await WebAssembly.instantiate(modules.fused, {});
    if (instance.exports.roundsOnce(1 + 2 ** -23) === 1) return [instance.exports, true];
  }
  const { instance } = await WebAssembly.instantiate(modules.plain, {});
  return [instance.exports, false];
}

function choose(pictures, labels, isTest) {
  const place = file => {
    const start = x.take(file.length);
    new Uint8Array(x.memory.buffer).set(file, start);
    return start;
  };
  const [a, b] = [place(pictures), place(labels)];
  const outcome = x.choose(a, pictures.length, b, labels.length, isTest);
  x.giveBack(a);
  x.giveBack(b);
  return outcome;
}

function begin() {
  const { seed, hidden, count, epochs, method, files } = options;
  if (files) {
    if (choose(files.pictures, files.labels, 0) === FAILED) return FAILED;
    if (files.testPictures && choose(files.testPictures, files.testLabels, 1) === FAILED) return FAILED;
  }
  return x.begin(seed, hidden, count, epochs, method, files ? 0 : 1);
}

// The weights of the first units, one after the other.
function weights() {
  if (!options.units) return null;
  x.look();
  const all = [];
  for (let unit = 0; unit < Math.min(options.units, options.hidden); unit++) {
    if (x.unit(unit) > 0) all.push(numbers());
  }
  return all;
}

// Ten times a second at most, and pictures of weights three times.
function show(kind, outcome) {
  const now = performance.now();
  if (kind === "progress" && now - shown < 100) return;
  shown = now;
  const content = { numbers: numbers(), outcome };
  if (kind === "epoch" || now - pictured > 300) {
    content.weights = weights();
    pictured = now;
  }
  say(kind, content);
}

function heed(outcome) {
  if (outcome === FAILED) {
    going = false;
    say("failed", { words: text() });
  } else if (outcome === RUNNING) {
    show("progress", outcome);
  } else {
    if (x.numberCount() > 0) show("epoch", outcome);
    if (outcome === DONE) finish();
  }
}

function finish() {
  going = false;
  if (x.finish() === FAILED) return say("failed", { words: text() });
  const image = bytes();
  say("done", { image, numbers: numbers() }, [image.buffer]);
}

// As many steps as fit into thirty milliseconds.
function slice() {
  const start = performance.now();
  const outcome = x.advance(steps);
  const took = performance.now() - start;
  if (outcome === RUNNING) steps = Math.max(1, Math.min(4096, Math.round(steps * Math.min(2, 30 / Math.max(took, 1)))));
  heed(outcome);
}

const turns = new MessageChannel();
turns.port1.onmessage = () => {
  busy = false;
  if (!going) return;
  slice();
  next();
};
function next() {
  if (busy || !going) return;
  busy = true;
  turns.port2.postMessage(0);
}

// One step that is looked at: by the textbook, line by line, or a batch.
function step() {
  going = false;
  if (options.method !== 1) return heed(x.advance(1));
  const outcome = x.watch();
  if (outcome === FAILED) return say("failed", { words: text() });
  if (x.byteCount() > 0 && x.numberCount() > 8) say("example", { features: bytes(), numbers: numbers(), weights: weights() });
  if (outcome === DONE) finish();
}

const orders = {
  async start(message) {
    options = message.options;
    let fused;
    [x, fused] = await instance(message.modules);
    const outcome = begin();
    if (outcome === FAILED) return say("failed", { words: text() });
    say("ready", { fused, weights: weights() });
    going = !options.paused;
    next();
  },
  pause() { going = false; },
  go() { going = true; next(); },
  step,
  stop() { going = false; finish(); },
};
onmessage = async event => {
  try {
    await orders[event.data.kind](event.data);
  } catch (error) {
    say("failed", { words: `the browser stopped it: ${error.message}` });
  }
};
