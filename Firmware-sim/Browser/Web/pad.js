// The pad: dark ink on a light page, by mouse, pen, finger or keys.
class Pad {
  constructor(canvas, read) {
    this.canvas = canvas;
    this.read = read;
    this.context = canvas.getContext("2d", { willReadFrequently: true });
    this.pointer = null;
    this.key = { x: 140, y: 60, down: false };
    this.clear();
    canvas.addEventListener("pointerdown", event => this.down(event));
    canvas.addEventListener("pointermove", event => this.move(event));
    for (const kind of ["pointerup", "pointercancel"]) canvas.addEventListener(kind, event => this.up(event));
    canvas.addEventListener("keydown", event => this.press(event));
  }

  clear() {
    this.context.fillStyle = "#fff";
    this.context.fillRect(0, 0, 280, 280);
    this.isEmpty = true;
    this.key.down = false;
  }

  pixels() { return this.context.getImageData(0, 0, 280, 280).data; }

  // A stroke of the pen from one place to another.
  draw(from, to) {
    const pen = this.context;
    pen.lineWidth = 20;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#000";
    pen.beginPath();
    pen.moveTo(from.x, from.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    this.isEmpty = false;
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) * 280 / box.width, y: (event.clientY - box.top) * 280 / box.height };
  }

  down(event) {
    if (this.pointer !== null || event.button !== 0) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    this.pointer = event.pointerId;
    this.canvas.setPointerCapture(event.pointerId);
    this.last = this.place(event);
    this.draw(this.last, this.last);
  }

  move(event) {
    if (event.pointerId !== this.pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const step of events.length > 0 ? events : [event]) {
      const next = this.place(step);
      this.draw(this.last, next);
      this.last = next;
    }
  }

  up(event) {
    if (event.pointerId !== this.pointer) return;
    this.pointer = null;
    this.read();
  }

  press(event) {
    const step = event.shiftKey ? 4 : 12;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const { x, y } = this.key;
    if (moves[event.key]) {
      this.key.x = Math.max(0, Math.min(280, x + moves[event.key][0]));
      this.key.y = Math.max(0, Math.min(280, y + moves[event.key][1]));
      if (this.key.down) this.draw({ x, y }, this.key);
    } else if (event.key === " ") {
      this.key.down = !this.key.down;
      if (this.key.down) this.draw(this.key, this.key); else this.read();
    } else if (event.key === "Enter") {
      this.read();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      element("clear").click();
    } else {
      return;
    }
    event.preventDefault();
  }
}
