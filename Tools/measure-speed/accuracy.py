"""Seconds from the start of the process to 98 % and 99 % on MNIST's test digits: ours, Int8, and the same
recipe (AdamW, batch 64, two threads, no augmentation, cosine to 0) in PyTorch, float: on plain pixels, and
on pixels deskewed by us, which it gets for nothing.

The number of epochs is the smallest that reaches the goal. A recipe's rate falls over all its epochs, so each
number of epochs is a run of its own, timed from its start; preparation and quantization count.
usage: accuracy.py BIN-FOLDER      (MNIST_DIR names the data)
       accuracy.py --torch EPOCHS"""

import json
import os
import subprocess
import sys
import time


def torch_run(epochs):
    import gzip

    import numpy as np
    import torch
    import torch.nn.functional as F

    def read(name, offset):
        path = os.path.join(os.environ["MNIST_DIR"], name)
        with open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz") as file:
            return torch.from_numpy(np.frombuffer(file.read(), np.uint8)[offset:].copy())

    torch.set_flush_denormal(True)
    torch.set_num_threads(2)
    torch.manual_seed(1)
    x = read("train-images-idx3-ubyte", 16).reshape(-1, 784).float() / 255
    y = read("train-labels-idx1-ubyte", 8).long()
    xt = read("t10k-images-idx3-ubyte", 16).reshape(-1, 784).float() / 255
    yt = read("t10k-labels-idx1-ubyte", 8).long()
    net = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    optimizer = torch.optim.AdamW(
        net.parameters(), lr=2e-3, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
    steps = epochs * ((len(x) + 63) // 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, steps, pct_start=0.05)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for i in range(0, len(x), 64):
            part = order[i : i + 64]
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(net(x[part]), y[part]).backward()
            optimizer.step()
            schedule.step()
    with torch.no_grad():
        print((net(xt).argmax(1) == yt).float().mean().item())


def timed(*command, folder=None):
    start = time.perf_counter()
    environment = dict(os.environ, MNIST_DIR=folder or os.environ["MNIST_DIR"])
    out = subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment).stdout
    return time.perf_counter() - start, out


def main(folder):
    output = ["--output", f"{folder}/accuracy.flash", "--sample", f"{folder}/accuracy.pgm"]
    deskewed = f"{folder}/deskewed"
    subprocess.run(
        [f"{folder}/measure-speed", "preprocess", os.environ["MNIST_DIR"], deskewed], check=True)
    waiting = {"ours": [0.98, 0.99], "PyTorch": [0.98], "PyTorch, deskewed": [0.98]}
    for name, goals in waiting.items():
        for epochs in (1, 2, 3, 4, 6, 8, 12, 16, 24):
            if name == "ours":
                seconds, out = timed(
                    f"{folder}/train-and-quantize", "--data", os.environ["MNIST_DIR"], "--augment",
                    "none" if goals[0] < 0.985 else "elastic", "--epochs", str(epochs), "--threads",
                    "2", "--json", "--quiet", *output)
                accuracy = json.loads(out)["int8_accuracy"]
            else:
                seconds, out = timed(
                    sys.executable, __file__, "--torch", str(epochs),
                    folder=deskewed if name == "PyTorch, deskewed" else None)
                accuracy = float(out)
            print(f"{name:18} {epochs:3} epochs {seconds:7.2f} s {accuracy:.4f}", flush=True)
            while goals and accuracy >= goals[0]:
                print(f"{name:18} {goals.pop(0):.0%} after {seconds:.2f} s", flush=True)
            if not goals:
                break


if sys.argv[1] == "--torch":
    torch_run(int(sys.argv[2]))
else:
    main(sys.argv[1])
