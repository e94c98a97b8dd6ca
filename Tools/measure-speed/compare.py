"""Runs ours and the peers alternately and prints a table of ratios. See Tools/benchmark."""

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser()
parser.add_argument("bin")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--quick", action="store_true", help="one round, without H=1024")
parser.add_argument("--accuracy", action="store_true")
options = parser.parse_args()
rounds = 1 if options.quick else options.rounds
mnist = os.environ["MNIST_DIR"]


def lines(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def ours(hidden, threads, epochs=3):
    run = json.loads(lines(f"{options.bin}/measure-speed", "train", mnist, str(hidden), "64", "sgd",
                           str(threads), str(epochs))[0])
    return run["samples_per_cpu_second"], run["samples_per_second"]


def at_once(hidden, epochs=3):
    """Two runs of one thread each at the same time: what this machine's cores give at most."""
    runs = [subprocess.Popen([f"{options.bin}/measure-speed", "train", mnist, str(hidden), "64", "sgd", "1",
                              str(epochs)], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    return 0, sum(json.loads(run.communicate()[0])["samples_per_second"] for run in runs)


def peer(name, *arguments):
    line = lines(sys.executable, f"{HERE}/peers.py", name, *map(str, arguments))[-1]
    cpu, wall = map(float, line.split())
    return cpu, wall


def recipe(augment, optimizer, epochs=3):
    out = lines(f"{options.bin}/train-and-quantize", "--data", mnist, "--augment", augment,
                "--optimizer", optimizer, "--epochs", str(epochs), "--threads", "1", "--json", "--quiet",
                "--output", os.path.join(options.bin, "benchmark.flash"),
                "--sample", os.path.join(options.bin, "benchmark.pgm"))
    return json.loads("\n".join(out))["samples_per_cpu_second"]


def int8():
    return {r["batch"]: r["images_per_cpu_second"]
            for r in map(json.loads, lines(f"{options.bin}/measure-speed", "int8", mnist))}


def summary(values):
    middle = statistics.median(values)
    return f"{middle:>12,.0f}  ({min(values):,.0f} ... {max(values):,.0f})"


def table(title, results, base, which=0):
    print(f"\n{title}")
    print(f"{'':16}{'ours / it':>10}   a second: median (least ... most)")
    reference = statistics.median(v[which] for v in results[base])
    for name, values in results.items():
        values = [v[which] for v in values]
        print(f"{name:16}{reference / statistics.median(values):>9.2f}x {summary(values)}")


def compare(title, contestants, base, which=0):
    results = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            try:
                results[name].append(run())
            except subprocess.CalledProcessError as error:
                print(f"{name}: {error.stderr.strip().splitlines()[-1]}", file=sys.stderr)
    table(title, {name: values for name, values in results.items() if values}, base, which)


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(l.split(":")[1].strip() for l in file if l.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def print_versions():
    print(f"processor: {processor()}, {os.cpu_count()} threads; {platform.platform()}")
    print(lines("swiftc", "--version")[0], "-O -march=native (Package.swift)")
    for name in ("numpy", "torch", "scikit-learn", "onnxruntime", "ai-edge-litert"):
        try:
            print(name, importlib.metadata.version(name), end="  ")
        except importlib.metadata.PackageNotFoundError:
            print(name, "is not installed", end="  ")
    print(f"\n{rounds} rounds, all contestants in each; load average {os.getloadavg()[0]:.1f}")


def main():
    print_versions()
    compare("Training 784-128-10, batch 64, one thread: samples a processor second", {
        "ours": lambda: ours(128, 1),
        "NumPy": lambda: peer("numpy", 128, 1, 2),
        "PyTorch eager": lambda: peer("torch", 128, 1, 2),
        "PyTorch by hand": lambda: peer("torch_manual", 128, 1, 2),
        "scikit-learn": lambda: peer("sklearn", 128, 1, 1),
    }, "ours")
    compare("The same by the wall, two threads", {
        "ours": lambda: ours(128, 2),
        "ours, one": lambda: ours(128, 1),
        "ours, two runs": lambda: at_once(128),
        "NumPy": lambda: peer("numpy", 128, 2, 2),
        "PyTorch eager": lambda: peer("torch", 128, 2, 2),
        "PyTorch by hand": lambda: peer("torch_manual", 128, 2, 2),
    }, "ours", which=1)
    if not options.quick:
        compare("Training 784-1024-10, batch 64, one thread: samples a processor second", {
            "ours": lambda: ours(1024, 1, 1), "PyTorch eager": lambda: peer("torch", 1024, 1, 1),
        }, "ours")
    for optimizer in ("sgd", "adamw"):
        compare(f"Training on deskewed digits with {optimizer}, plain and augmented: samples a "
                "processor second", {
            "plain": lambda: (recipe("none", optimizer),),
            "elastic": lambda: (recipe("elastic", optimizer),)}, "plain")
    for batch in (1, 64):
        compare(f"Int8 images a processor second, batch {batch}, one thread", {
            "ours, 784-128-10": lambda: (int8()[batch],),
            "ORT, 784x128": lambda: peer("onnxruntime", batch, 1),
            "LiteRT": lambda: peer("litert", batch, 1)}, "ours, 784-128-10")


if options.accuracy:
    subprocess.run([sys.executable, f"{HERE}/accuracy.py", options.bin], check=True)
else:
    main()
