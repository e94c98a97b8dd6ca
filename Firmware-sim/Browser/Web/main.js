// What the page is put together from, and what tests may ask it.
const simdigit = window.simdigit = {
  ready: false,
  last: null,
  train: ({ seed = 1, hidden = 128, count = 60000, epochs = 12 } = {}) => Training.image({ seed, hidden, count, epochs }),
};

// Reads a stroke a few times, unseen, so that the browser has compiled the module well before anybody draws.
function warmUp(reader) {
  const pixels = new Uint8ClampedArray(4 * 280 * 280).fill(255);
  for (let y = 50; y < 230; y++) pixels.fill(0, 4 * (280 * y + 130), 4 * (280 * y + 150));
  for (let i = 3; i < pixels.length; i += 4) pixels[i] = 255;
  for (let turn = 0; turn < 6; turn++) reader.read(pixels, 280, 280);
}

async function main() {
  const [code, factory] = await Promise.all(["reader", "flash"].map(unpacked));
  const reader = await Reader.make(code);
  const answer = new AnswerView(), units = new UnitsView(reader), chips = new ChipsView();
  // What was read last, to read it again with another network.
  let picture = null;

  function read(next) {
    const began = next.began ?? performance.now();
    picture = next;
    const { data, width, height } = next;
    const found = reader.read(data, width, height);
    if (found.error) {
      simdigit.last = { error: found.error };
      units.tell(null);
      answer.refuse(found.error);
      return;
    }
    const { digit, logits, confidence, unsure } = found;
    simdigit.last = { digit, class: found.class, logits, confidence, unsure };
    simdigit.milliseconds = performance.now() - began;
    answer.tell(found, reader.contributions(digit), simdigit.milliseconds);
    chips.tell(found);
    units.tell(found);
  }

  const pad = new Pad(element("pad"), () => {
    if (pad.isEmpty) return;
    const began = performance.now();
    read({ data: pad.pixels(), width: 280, height: 280, began });
  });
  element("clear").addEventListener("click", () => {
    pad.clear();
    picture = null;
    simdigit.last = null;
    answer.clear("Draw a digit.");
    units.tell(null);
  });
  watchPictures(element("pad"), async file => {
    try {
      const next = await pixelsOf(file);
      showPicture(pad, next);
      read(next);
    } catch {
      simdigit.last = { error: `${file.name} is no picture that this browser can read` };
      answer.refuse(simdigit.last.error);
    }
  });

  // Reads with another network from now on, if it is one.
  function use(image, name) {
    const reason = reader.open(image);
    element("image-error").textContent = reason ? `${name}: ${reason}; train again or copy the file again` : "";
    if (reason) return false;
    for (const view of [answer, units]) view.show(reader.report);
    chips.show(reader.report, name);
    if (picture) read({ ...picture, began: undefined });
    return true;
  }
  element("flash").addEventListener("change", async event => {
    const [file] = event.target.files;
    if (file) use(new Uint8Array(await file.arrayBuffer()), file.name);
    event.target.value = "";
  });
  element("factory").addEventListener("click", () => use(factory, "Factory image"));
  new LearnView(use);
  reader.open(factory);
  warmUp(reader);
  simdigit.ready = use(factory, "Factory image");
}

main().catch(error => {
  element("answer").textContent = `This browser cannot run the page: ${error.message}`;
});
