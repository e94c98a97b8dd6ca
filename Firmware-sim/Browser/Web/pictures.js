// Pictures that are chosen, dropped or pasted. The browser decodes them, turned as the camera was held.
async function pixelsOf(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image", premultiplyAlpha: "none", colorSpaceConversion: "none" });
  // Larger than this no pixel counts, and a phone's memory does.
  const scale = Math.min(1, 2048 / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, width, height);
  return { data: context.getImageData(0, 0, width, height).data, width, height, canvas };
}

// Calls `take` with each file that comes.
function watchPictures(pad, take) {
  element("picture").addEventListener("change", event => {
    if (event.target.files.length > 0) take(event.target.files[0]);
    event.target.value = "";
  });
  document.addEventListener("dragover", event => {
    event.preventDefault();
    pad.classList.add("over");
  });
  document.addEventListener("dragleave", () => pad.classList.remove("over"));
  document.addEventListener("drop", event => {
    event.preventDefault();
    pad.classList.remove("over");
    if (event.dataTransfer.files.length > 0) take(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", event => {
    const item = [...event.clipboardData.items].find(item => item.kind === "file");
    if (item) take(item.getAsFile());
  });
}

// Shows a picture on the pad, as large as fits.
function showPicture(pad, { canvas, width, height }) {
  pad.clear();
  const scale = Math.min(280 / width, 280 / height);
  pad.context.imageSmoothingEnabled = scale < 1;
  pad.context.drawImage(canvas, (280 - width * scale) / 2, (280 - height * scale) / 2, width * scale, height * scale);
  pad.isEmpty = false;
}
