// The answer, what the network saw, and how likely each class is.
class AnswerView {
  constructor() { this.rows = []; }

  // One row a class.
  show(report) {
    this.report = report;
    const body = element("bars").tBodies[0];
    this.rows = report.classes.map(name => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = name;
      const bar = document.createElement("td");
      bar.innerHTML = '<div class="bar"><i></i></div>';
      const [share, score] = [0, 1].map(() => {
        const cell = document.createElement("td");
        cell.className = "number";
        return cell;
      });
      row.append(head, bar, share, score);
      return { row, bar: bar.querySelector("i"), share, score };
    });
    body.replaceChildren(...this.rows.map(row => row.row));
    this.clear("Draw a digit.");
  }

  clear(words) {
    element("answer").textContent = words;
    element("answer").className = "";
    element("time").textContent = "";
    element("why-class").textContent = "the answer";
    for (const id of ["seen", "why"]) drawSquare(element(id), this.report.side, () => [0, 0, 0]);
    element("seen").setAttribute("aria-label", "What the network saw: nothing yet");
    element("why").setAttribute("aria-label", "What spoke for the answer and against it: nothing yet");
    for (const row of this.rows) {
      row.row.className = "";
      row.bar.style.width = "0";
      row.share.textContent = row.score.textContent = "";
    }
  }

  refuse(words) {
    this.clear(words);
    element("answer").className = "bad";
  }

  // What the pixels add to the score, over the digit in gray.
  static drawWhy(features, contributions, side) {
    const most = contributions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    drawSquare(element("why"), side, i => {
      const color = signedColor(contributions[i], most), gray = 0.3 * features[i];
      const light = most > 0 ? Math.abs(contributions[i]) / most : 0;
      return color.map(part => Math.max(part * 1.4, gray * (1 - light)));
    });
  }

  tell(answer, contributions, milliseconds) {
    const strong = document.createElement("strong");
    strong.textContent = answer.class;
    const words = `${percent(answer.confidence)}${answer.unsure ? ", unsure" : ""}`;
    element("answer").className = "";
    element("answer").replaceChildren(strong, words);
    element("time").textContent = `${milliseconds.toFixed(1)} ms from the picture to the answer`;
    element("why-class").textContent = answer.class;
    drawSquare(element("seen"), this.report.side, i => Array(3).fill(answer.features[i]));
    element("seen").setAttribute("aria-label", `What the network saw: a ${answer.class}`);
    AnswerView.drawWhy(answer.features, contributions, this.report.side);
    element("why").setAttribute("aria-label", `What spoke for ${answer.class} and against it, pixel by pixel`);
    this.rows.forEach((row, index) => {
      row.row.className = index === answer.digit ? "best" : "";
      row.bar.style.width = `${100 * answer.probabilities[index]}%`;
      row.share.textContent = percent(answer.probabilities[index]);
      row.score.textContent = count(answer.logits[index]);
    });
  }
}
