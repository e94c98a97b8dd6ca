// What a step of one example did, line by line of the textbook.
class TextbookView {
  constructor() { this.clear(); }

  clear() { element("lines").tBodies[0].replaceChildren(); }

  show(features, numbers) {
    const [label, rate, hidden, classes] = numbers;
    const unitsAt = 4, classesAt = 4 + 4 * hidden, endAt = classesAt + 3 * classes;
    const units = field => Array.from({ length: hidden }, (_, unit) => numbers[unitsAt + 4 * unit + field]);
    const answers = field => Array.from({ length: classes }, (_, index) => numbers[classesAt + 3 * index + field]);
    const [input, unit, wBefore, wAfter, vUnit, vClass, vBefore, vAfter] = numbers.subarray(endAt);
    const sums = units(0), Z = units(1), deltas = units(2), updates = units(3);
    const logits = answers(0), Y = answers(1), errors = answers(2);
    const f = value => Math.abs(value) >= 0.001 || value === 0 ? value.toFixed(4) : value.toExponential(2);
    const list = values => values.map((value, index) => `${index}: ${f(value)}`);
    const on = Z.filter(value => value !== 0).length;
    const best = values => values.reduce((best, value, index) => Math.abs(value) > Math.abs(values[best]) ? index : best, 0);
    const z = best(Z), d = best(deltas), side = Math.round(Math.sqrt(features.length));
    // A picture of no digit wants each class to be as likely as any other.
    const isDigit = label < classes;
    const shown = isDigit ? `a picture of ${label}` : `a picture of no digit, whose r is 1/${classes} for each class`;
    const loss = isDigit ? `loss −ln Y[${label}] = ${f(-Math.log(Y[label]))}`
      : `loss −Σ ln Y / ${classes} = ${f(-Y.reduce((sum, y) => sum + Math.log(y), 0) / classes)}`;
    const lines = [
      ["X, r", `${shown}: ${features.filter(value => value > 0).length} of ${features.length} pixels are not zero`,
        canvas => drawSquare(canvas, side, i => Array(3).fill(features[i]))],
      ["Z = f(X W + b)", `${on} of ${hidden} units are on; sum ${f(sums[z])} gives Z[${z}] = ${f(Z[z])}`, Z],
      ["O = Z V + c", list(logits)],
      ["Y = softmax(O)", [...list(Y), loss]],
      ["Y − R", list(errors)],
      ["δ = (Y − R) Vᵀ f′(Z)", `δ[${d}] = ${f(deltas[d])} is the largest`, deltas],
      ["V ← V − η Zᵀ (Y − R)", `η = ${f(rate)}: V[${vUnit}, ${vClass}] went from ${f(vBefore)} to ${f(vAfter)}`],
      ["W ← W − η Xᵀ δ", `W[${input}, ${unit}] went from ${f(wBefore)} to ${f(wAfter)}; the largest of each unit:`, updates],
    ];
    element("lines").tBodies[0].replaceChildren(...lines.map(line => TextbookView.row(line)));
  }

  static row([code, words, shown]) {
    const row = document.createElement("tr");
    const head = document.createElement("th");
    head.scope = "row";
    head.append(Object.assign(document.createElement("code"), { textContent: code }));
    const cell = document.createElement("td");
    if (shown) {
      const canvas = document.createElement("canvas");
      if (typeof shown === "function") {
        shown(canvas);
        cell.append(canvas, words);
      } else {
        canvas.className = "strip";
        TextbookView.strip(canvas, shown);
        cell.append(words, canvas);
      }
      canvas.setAttribute("aria-hidden", "true");
    } else if (Array.isArray(words)) {
      cell.append(...words.map(word => Object.assign(document.createElement("span"), { textContent: word })));
    } else {
      cell.textContent = words;
    }
    row.append(head, cell);
    return row;
  }

  // A number a hidden unit, side by side.
  static strip(canvas, values) {
    [canvas.width, canvas.height] = [values.length, 1];
    const context = canvas.getContext("2d");
    const picture = context.createImageData(values.length, 1);
    const most = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    values.forEach((value, index) => picture.data.set([...signedColor(value, most), 255], 4 * index));
    context.putImageData(picture, 0, 0);
  }
}
