// The hidden units, and one of them more closely.
class UnitsView {
  constructor(reader) {
    this.reader = reader;
    this.chosen = 0;
    this.answer = null;
    const units = element("units");
    units.addEventListener("pointerover", event => this.choose(event));
    units.addEventListener("focusin", event => this.choose(event));
    units.addEventListener("keydown", event => this.press(event));
  }

  // A button for each unit, of which Tab reaches the chosen one.
  show(report) {
    this.report = report;
    this.chosen = 0;
    this.answer = null;
    this.buttons = Array.from({ length: report.hidden }, (_, unit) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.unit = unit;
      return button;
    });
    element("units").replaceChildren(...this.buttons);
    element("unit-bars").tBodies[0].replaceChildren(...report.classes.map(name => {
      const row = document.createElement("tr");
      row.innerHTML = '<th scope="row"></th><td><div class="bar"><i></i></div></td><td class="number"></td>';
      row.cells[0].textContent = name;
      return row;
    }));
    this.light();
  }

  choose(event) {
    const unit = event.target.dataset.unit;
    if (unit === undefined || Number(unit) === this.chosen) return;
    this.chosen = Number(unit);
    this.mark();
    this.describe();
  }

  press(event) {
    const across = getComputedStyle(element("units")).gridTemplateColumns.split(" ").length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across };
    const last = this.buttons.length - 1;
    const ends = { Home: 0, End: last };
    const next = ends[event.key] ?? (event.key in steps ? this.chosen + steps[event.key] : -1);
    if (next < 0 || next > last) return;
    event.preventDefault();
    this.buttons[next].focus();
  }

  mark() {
    this.buttons.forEach((button, unit) => {
      button.tabIndex = unit === this.chosen ? 0 : -1;
      button.setAttribute("aria-pressed", unit === this.chosen);
    });
  }

  tell(answer) {
    this.answer = answer;
    this.light();
  }

  // Lights the units by their activation; the brightest is the largest.
  light() {
    const { hidden, zeroPoint } = this.report;
    const steps = unit => this.answer ? this.answer.hidden[unit] - zeroPoint : 0;
    let most = 1;
    for (let unit = 0; unit < hidden; unit++) most = Math.max(most, Math.abs(steps(unit)));
    this.buttons.forEach((button, unit) => {
      const value = steps(unit);
      const light = Math.round(255 * Math.abs(value) / most);
      button.style.backgroundColor = value < 0 ? `rgb(${light} ${light >> 1} 0)` : `rgb(${light} ${light} ${light})`;
      button.setAttribute("aria-label", `unit ${unit}, activation ${value}`);
    });
    this.mark();
    this.describe();
  }

  describe() {
    const unit = this.chosen;
    const { weights, adds } = this.reader.unit(unit);
    element("unit-name").textContent = `unit ${unit}`;
    drawSigned(element("weights"), this.report.side, weights);
    element("weights").setAttribute("aria-label", `Weights of hidden unit ${unit}, ${this.report.side} x ${this.report.side}`);
    const most = adds.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const strongest = adds.findIndex(value => Math.abs(value) === most);
    const rows = element("unit-bars").tBodies[0].rows;
    adds.forEach((value, index) => {
      const bar = rows[index].querySelector("i");
      bar.style.width = most > 0 ? `${100 * Math.abs(value) / most}%` : "0";
      bar.className = value < 0 ? "minus" : "";
      rows[index].cells[2].textContent = this.answer ? count(value) : "";
    });
    if (!this.answer) {
      element("unit-text").textContent = "Draw a digit to see what this unit makes of it.";
      return;
    }
    const step = this.answer.hidden[unit] - this.report.zeroPoint;
    const sum = this.answer.hidden[this.report.hidden + unit];
    const influence = most > 0 ? `It speaks most ${adds[strongest] > 0 ? "for" : "against"} ${this.report.classes[strongest]}.` : "It is off and adds nothing.";
    element("unit-text").textContent = `Pre-activation ${sum.toFixed(3)}, activation ${step} of 255. ${influence}`;
  }
}
