// What the page carries with it: packed by gzip and spelled as base64.
const element = id => document.getElementById(id);

async function unpacked(name) {
  const packed = Uint8Array.from(atob(PARTS[name]), character => character.charCodeAt(0));
  return inflated(packed);
}

async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const count = number => Math.round(number).toLocaleString("en-US");
const percent = share => `${(100 * share).toFixed(2)} %`;

// Blue for what is above zero, orange for what is below, black for nothing; `largest` is full light.
function signedColor(value, largest) {
  const light = largest > 0 ? Math.min(1, Math.abs(value) / largest) : 0;
  return value > 0 ? [60 * light, 130 * light, 255 * light] : [255 * light, 120 * light, 30 * light];
}

// Draws a square of numbers, `side` wide, into a canvas.
function drawSquare(canvas, side, color) {
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  const picture = context.createImageData(side, side);
  const { data } = picture;
  for (let i = 0; i < side * side; i++) {
    [data[4 * i], data[4 * i + 1], data[4 * i + 2]] = color(i);
    data[4 * i + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
}

function drawSigned(canvas, side, values, largest) {
  const most = largest ?? values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  drawSquare(canvas, side, i => signedColor(values[i], most));
}
