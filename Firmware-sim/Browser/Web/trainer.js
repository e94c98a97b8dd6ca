// A training in a worker of its own.
class Training {
  static async start(options, hear) {
    Training.modules ??= Promise.all(["trainer-fused", "trainer", "worker"].map(unpacked));
    const [fused, plain, source] = await Training.modules;
    return new Training(source, { fused, plain }, options, hear);
  }

  constructor(source, modules, options, hear) {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.worker = new Worker(address);
    URL.revokeObjectURL(address);
    this.worker.onmessage = event => hear(event.data);
    this.worker.onerror = event => hear({ kind: "failed", words: event.message });
    this.worker.postMessage({ kind: "start", modules, options });
  }

  tell(kind) { this.worker.postMessage({ kind }); }
  end() { this.worker.terminate(); }

  // The image that a training comes to, for who does not look on.
  static image(options) {
    return new Promise((resolve, reject) => {
      const started = Training.start({ units: 0, method: 0, ...options }, message => {
        if (message.kind !== "done" && message.kind !== "failed") return;
        started.then(training => training.end());
        if (message.kind === "done") resolve(message.image); else reject(new Error(message.words));
      });
      started.catch(reject);
    });
  }
}

// What MNIST's files are, told by what is in them: pictures (0x803) and labels (0x801), the larger pair to train on.
async function idxFiles(chosen) {
  const pictures = [], labels = [];
  for (const file of chosen) {
    let content = new Uint8Array(await file.arrayBuffer());
    if (content[0] === 0x1f && content[1] === 0x8b) content = await inflated(content);
    (content[2] === 8 && content[3] === 3 ? pictures : labels).push({ content, size: content.length, name: file.name });
  }
  const larger = (a, b) => b.size - a.size;
  pictures.sort(larger);
  labels.sort(larger);
  if (pictures.length < 1 || labels.length !== pictures.length || pictures.length > 2) return null;
  return {
    names: [...pictures, ...labels].map(file => file.name),
    pictures: pictures[0].content, labels: labels[0].content,
    testPictures: pictures[1]?.content, testLabels: labels[1]?.content,
  };
}
