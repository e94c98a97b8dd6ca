// What the network is, and what it takes on each chip.
class ChipsView {
  show(report, name) {
    this.report = report;
    const activation = ["ReLU", "leaky ReLU", "sigmoid", "tanh"][report.activation];
    const tested = report.testCount > 0
      ? ` It read ${percent(report.testCorrect / report.testCount)} of ${count(report.testCount)} test pictures right.` : "";
    element("image-text").textContent =
      `${name}: ${report.side ** 2} inputs, ${report.hidden} hidden units (${activation}), ${report.classes.length} classes, `
      + `${count(report.bytes)} bytes. Trained on ${report.dataset || "unnamed data"} for ${report.epochs} epochs.${tested}`;
    this.rows = report.chips.map(chip => {
      const row = document.createElement("tr");
      row.innerHTML = '<th scope="row"></th><td></td>' + '<td class="number"></td>'.repeat(4);
      const fits = (used, there) => `${used <= there ? "" : "does not fit: "}${count(used)} of ${count(there)}`;
      row.cells[0].textContent = chip.title;
      row.cells[1].textContent = chip.core;
      row.cells[2].textContent = fits(chip.flashUsed, chip.flash);
      row.cells[3].textContent = fits(chip.ramUsed, chip.ram);
      row.cells[2].classList.toggle("bad", chip.flashUsed > chip.flash);
      row.cells[3].classList.toggle("bad", chip.ramUsed > chip.ram);
      return row;
    });
    element("chips").tBodies[0].replaceChildren(...this.rows);
  }

  // Estimated, as infer-sim does: an instruction takes one and a half cycles.
  tell(answer) {
    this.report.chips.forEach((chip, index) => {
      const instructions = answer.instructions[index];
      this.rows[index].cells[4].textContent = count(instructions);
      this.rows[index].cells[5].textContent = `${(1500 * instructions / chip.clock).toFixed(2)} ms`;
    });
  }
}
