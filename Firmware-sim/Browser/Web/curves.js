// Two curves over the epochs: of the training, and of the validation at each epoch's end.
class Curve {
  constructor(id, name, unit) {
    this.svg = element(id);
    this.name = name;
    this.unit = unit;
    this.clear(1);
  }

  clear(epochs) {
    this.epochs = Math.max(1, epochs);
    this.train = [];
    this.held = [];
    this.draw();
  }

  // Where training is between two epochs.
  addTraining(place, value) {
    if (!Number.isFinite(value)) return;
    this.train.push([place, value]);
    // Twice as many points as can be told apart.
    if (this.train.length > 600) this.train = this.train.filter((_, index) => index % 2 === 1);
    this.draw();
  }

  addValidation(place, value) {
    this.held.push([place, value]);
    this.draw();
  }

  draw() {
    const all = [...this.train, ...this.held].map(point => point[1]);
    const most = Math.max(1e-6, ...all);
    const x = place => 36 + 276 * place / this.epochs, y = value => 134 - 120 * value / most;
    const path = points => points.map(([place, value], index) => `${index ? "L" : "M"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`).join("");
    const label = value => value >= 10 ? value.toFixed(0) : value.toFixed(2);
    const lines = [0, 0.5, 1].map(share => `<path class="grid" d="M36 ${y(share * most)}H312"/>`
      + (all.length > 0 ? `<text x="32" y="${y(share * most) + 4}" text-anchor="end">${label(share * most)}</text>` : ""));
    this.svg.innerHTML = lines.join("")
      + `<text x="36" y="152">0</text><text x="312" y="152" text-anchor="end">${this.epochs} epochs</text>`
      + (this.train.length > 1 ? `<path class="train" d="${path(this.train)}"/>` : "")
      + (this.held.length > 1 ? `<path class="held" d="${path(this.held)}"/>` : "")
      + this.held.map(([place, value]) => `<circle cx="${x(place)}" cy="${y(value)}" r="3" fill="var(--against)"/>`).join("");
    const last = points => points.length > 0 ? `${label(points.at(-1)[1])}${this.unit}` : "nothing yet";
    this.svg.setAttribute("aria-label", `${this.name}: training ${last(this.train)}, validation ${last(this.held)}`);
  }
}
