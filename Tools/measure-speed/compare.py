"""Runs ours and the peers alternately and prints a table for the README. See Tools/benchmark."""

import argparse
import importlib.metadata
import importlib.util
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


def middle(values, which):
    return statistics.median(v[which] for v in values)


def row(title, ours, name, theirs, which):
    """Ours, another's, and how many times as much ours is: the median of the rounds, and their range."""
    ratios = [a[which] / b[which] for a, b in zip(ours, theirs)]
    spread = f" ({min(ratios):.2g} ... {max(ratios):.2g})" if len(ratios) > 1 else ""
    first = f"{title} | {middle(ours, which):,.0f}" if title else " | "
    print(f"| {first} | {name} | {middle(theirs, which):,.0f} | {statistics.median(ratios):.3g}{spread} |",
          flush=True)


def compare(title, contestants, which=0):
    """Rows of one comparison: the first contestant against each of the others, by turns."""
    results = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            try:
                results[name].append(run())
            except subprocess.CalledProcessError as error:
                print(f"{name}: {(error.stderr.strip() or 'failed').splitlines()[-1]}", file=sys.stderr)
    (_, ours), *others = results.items()
    for name, theirs in others:
        if theirs:
            row(title, ours, name, theirs, which)
            title = ""


def processor():
    """What the system calls it; for x86 with the family and model, which say more than "EPYC"."""
    try:
        if sys.platform == "darwin":
            return lines("sysctl", "-n", "machdep.cpu.brand_string")[0]
        fields = dict(map(str.strip, l.split(":", 1)) for l in lines("lscpu") if ":" in l)
        flags = fields.get("Flags", "").split()
        widest = [name for flag, name in (("avx512_vnni", "AVX-512 with VNNI"), ("avx512f", "AVX-512"),
                                          ("avx2", "AVX2")) if flag in flags][:1]
        family = [f"family {fields['CPU family']}, model {fields['Model']}"] if "CPU family" in fields else []
        return f"{fields['Model name']} ({', '.join(family + widest) or platform.machine()})"
    except (OSError, KeyError, subprocess.CalledProcessError):
        return platform.processor() or platform.machine()


def print_heading():
    versions = []
    for name in ("numpy", "torch", "jax", "mlx", "scikit-learn", "onnxruntime", "ai-edge-litert"):
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            print(f"benchmark: {name} is not installed and is left out", file=sys.stderr)
    compiler = lines("swiftc", "--version")[0].split(" (")[0]
    count = (f"the median of {rounds} rounds and, of the ratios, the least and the most" if rounds > 1
             else "one round")
    print(f"### {processor()}\n\n{compiler}, {platform.system()}; {', '.join(versions)}. By turns in one "
          f"run, {count}, by processor time unless said; load average {os.getloadavg()[0]:.1f} of "
          f"{os.cpu_count()} processors at its start.\n")
    print("| | ours, a second | against | theirs, a second | ours / theirs |")
    print("| --- | ---: | --- | ---: | ---: |", flush=True)


def has(name):
    return importlib.util.find_spec(name) is not None


def trainers(hidden, threads, epochs, wanted):
    """Ours and the peers that are installed."""
    peers = {"NumPy": ("numpy", "numpy"), "PyTorch eager": ("torch", "torch"),
             "PyTorch by hand": ("torch_manual", "torch"), "JAX, jit": ("jax", "jax"),
             "MLX, compiled": ("mlx", "mlx"), "scikit-learn": ("sklearn", "sklearn")}
    contestants = {"ours": lambda: ours(hidden, threads, epochs)}
    for name in wanted:
        which, module = peers[name]
        if has(module):
            # MLX's wheel for processors and scikit-learn take long.
            count = 1 if which in ("mlx", "sklearn") else min(epochs, 2)
            contestants[name] = lambda which=which, count=count: peer(which, hidden, threads, count)
    return contestants


def main():
    print_heading()
    compare("training 784-128-10, batch 64, one thread", trainers(
        128, 1, 3, ["NumPy", "PyTorch eager", "PyTorch by hand", "JAX, jit", "MLX, compiled", "scikit-learn"]))
    compare("the same with two threads, by the wall", {
        **trainers(128, 2, 3, ["NumPy", "PyTorch eager", "PyTorch by hand", "JAX, jit"]),
        "ours, one thread": lambda: ours(128, 1),
        "ours, two runs at once": lambda: at_once(128)}, which=1)
    if not options.quick:
        compare("training 784-1024-10, batch 64, one thread", trainers(
            1024, 1, 1, ["NumPy", "PyTorch eager", "PyTorch by hand", "JAX, jit"]))
    for optimizer in ("sgd", "adamw"):
        compare(f"training deskewed digits distorted, {optimizer}", {
            "elastic": lambda: (recipe("elastic", optimizer),),
            "ours, not distorted": lambda: (recipe("none", optimizer),)})
    for batch, title in ((1, "one picture"), (64, "64 pictures")):
        compare(f"Int8 784-128-10, {title} at a time", {
            "ours": lambda: (int8()[batch],),
            **({"ONNX Runtime, 784x128 alone": lambda: peer("onnxruntime", batch, 1)}
               if has("onnxruntime") else {}),
            **({"LiteRT": lambda: peer("litert", batch, 1)} if has("ai_edge_litert") else {})})


if options.accuracy:
    subprocess.run([sys.executable, f"{HERE}/accuracy.py", options.bin], check=True)
else:
    main()
