// The controls of a training, and what is shown of it.
class LearnView {
  constructor(use) {
    this.use = use;
    this.training = null;
    this.files = null;
    this.loss = new Curve("loss", "Loss", "");
    this.accuracy = new Curve("accuracy", "Read wrong", " %");
    this.weights = new WeightsView();
    this.textbook = new TextbookView();
    for (const id of ["start", "pause", "step", "stop", "save"]) element(id).addEventListener("click", () => this[id]());
    for (const id of ["source", "method"]) element(id).addEventListener("change", () => this.choose());
    element("files").addEventListener("change", event => this.take([...event.target.files]));
    element("setup").addEventListener("submit", event => event.preventDefault());
    this.choose();
  }

  choose() {
    const isFiles = element("source").value === "files";
    element("files-line").hidden = !isFiles;
    element("count").disabled = isFiles;
    element("textbook").hidden = element("method").value !== "1";
  }

  async take(chosen) {
    try { this.files = await idxFiles(chosen); } catch { this.files = null; }
    element("files-text").textContent = this.files
      ? `Chosen: ${this.files.names.join(", ")}`
      : "These are not one or two pairs of pictures and labels; choose train-images and train-labels.";
  }

  say(words, isBad = false) {
    element("learn-text").textContent = words;
    element("learn-text").className = isBad ? "bad" : "";
  }

  buttons(state) {
    element("start").disabled = state !== "idle";
    element("pause").disabled = element("stop").disabled = state === "idle" || state === "preparing";
    element("step").disabled = state !== "paused";
    element("pause").textContent = state === "paused" ? "Continue" : "Pause";
    for (const field of element("setup").elements) field.disabled = state !== "idle";
    if (state === "idle") this.choose();
    this.state = state;
  }

  options() {
    const number = id => {
      const field = element(id);
      return field.checkValidity() && field.value !== "" ? field.valueAsNumber : NaN;
    };
    const method = Number(element("method").value);
    const options = {
      seed: number("seed"), hidden: number("hidden"), count: number("count"), epochs: number("epochs"), method,
      units: 32, paused: method === 1,
    };
    if (element("source").value === "files") Object.assign(options, { files: this.files, count: 60000 });
    return options;
  }

  async start() {
    const options = this.options();
    if (Object.values(options).some(Number.isNaN)) {
      return this.say("A number is out of its range: hidden units are multiples of 16 up to 1024, digits 1,000 and more.", true);
    }
    if (options.files === null) return this.say("Choose the files to train on first.", true);
    this.epochs = options.epochs;
    this.all = options;
    for (const curve of [this.loss, this.accuracy]) curve.clear(options.epochs);
    this.weights.clear();
    this.textbook.clear();
    element("progress").value = 0;
    element("save").disabled = true;
    this.buttons("preparing");
    this.say("Preparing the digits ...");
    try {
      this.training = await Training.start(options, message => this[message.kind](message));
    } catch (error) {
      this.failed({ words: error.message });
    }
  }

  pause() {
    const isPaused = this.state === "paused";
    this.training.tell(isPaused ? "go" : "pause");
    this.buttons(isPaused ? "running" : "paused");
  }

  step() { this.training.tell("step"); }

  stop() {
    this.say("Quantizing what was learned so far ...");
    this.training.tell("stop");
  }

  ready({ fused, weights }) {
    element("fused").textContent = fused ? ""
      : "This browser or processor has no multiplication with addition that rounds once: the bytes may differ from the command's.";
    this.weights.show(weights);
    this.began = performance.now();
    this.buttons(this.all.paused ? "paused" : "running");
    this.say(this.state === "paused" ? "Ready. Step shows one example; Continue goes on." : "Learning ...");
  }

  progress({ numbers, weights }) {
    const [epoch, done, all, loss, accuracy] = numbers;
    const place = epoch - 1 + done / all;
    element("progress").value = place / this.epochs;
    this.loss.addTraining(place, loss);
    this.accuracy.addTraining(place, 100 * (1 - accuracy));
    this.weights.show(weights);
  }

  epoch({ numbers, weights }) {
    const [epoch, , all, loss, accuracy, heldLoss, heldAccuracy] = numbers;
    element("progress").value = epoch / this.epochs;
    this.loss.addTraining(epoch, loss);
    this.accuracy.addTraining(epoch, 100 * (1 - accuracy));
    this.loss.addValidation(epoch, heldLoss);
    this.accuracy.addValidation(epoch, 100 * (1 - heldAccuracy));
    this.weights.show(weights);
    const rate = 1000 * epoch * all / (performance.now() - this.began);
    this.say(`Epoch ${epoch} of ${this.epochs}: ${percent(heldAccuracy)} of the validation digits read right; ${count(rate)} digits a second.`);
  }

  example({ features, numbers, weights }) {
    this.textbook.show(features, numbers);
    this.weights.show(weights);
  }

  done({ image, numbers }) {
    const [tested, , right] = numbers;
    this.end();
    element("progress").value = 1;
    this.image = image;
    element("save").disabled = false;
    this.say(`Learned: ${percent(right / tested)} of ${count(tested)} test digits read right. This network reads the pad now.`);
    this.use(image, "Learned here");
  }

  failed({ words }) {
    this.end();
    this.say(`Training failed: ${words}.`, true);
  }

  end() {
    this.training?.end();
    this.training = null;
    this.buttons("idle");
  }

  save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.image], { type: "application/octet-stream" }));
    link.download = "digits.flash";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}
