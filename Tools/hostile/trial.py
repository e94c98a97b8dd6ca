"""What all reproductions use: the two commands, small data sets, and what to expect of a run."""
import argparse
import gzip
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

# Whoever starts this in the background may have had them ignored, which the commands would inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGQUIT, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)

parser = argparse.ArgumentParser("Tools/check-hostile")
parser.add_argument("--only", default="")
parser.add_argument("train", type=os.path.abspath)
parser.add_argument("infer", type=os.path.abspath)
options = parser.parse_args()

root = os.path.realpath(tempfile.mkdtemp(prefix="simdigit-hostile-"))
os.chmod(root, 0o755)
linux = sys.platform.startswith("linux")
superuser = os.geteuid() == 0
CODES = {64, 65, 66, 69, 73, 74}
cases = []


class Skipped(Exception):
    pass


def case(function):
    cases.append(function)
    return function


def check(condition, *seen):
    if not condition:
        raise AssertionError(" ".join(str(each) for each in seen))


def idx(path, header, content, pack=False):
    data = struct.pack(f">{len(header)}I", *header) + bytes(content)
    with open(path, "wb") as file:
        file.write(gzip.compress(data, 1) if pack else data)


def digits(folder, count=600, tests=60, draw=None, label=None, pack=False):
    """A data set of which an epoch takes milliseconds: a digit is a bar, the wider the larger it is."""
    os.makedirs(folder)
    noise = random.Random(1)
    ending = ".gz" if pack else ""
    for part, number in (("train", count), ("t10k", tests)):
        labels = [i % 10 for i in range(number)]
        pixels = bytearray()
        for digit in labels:
            for place in range(784):
                y, x = divmod(place, 28)
                ink = abs(2 * x - 27) < 2 + 2 * digit and abs(2 * y - 27) < 22 - 2 * digit
                pixels.append(draw(x, y) if draw else 255 - noise.randrange(60) if ink else 0)
        if label:
            labels = [label(noise, each) for each in labels]
        idx(os.path.join(folder, f"{part}-labels-idx1-ubyte{ending}"), [2049, number], labels, pack)
        idx(os.path.join(folder, f"{part}-images-idx3-ubyte{ending}"), [2051, number, 28, 28], pixels,
            pack)
    return folder


class Run:
    """A command at work in a folder, away from every data set but ours."""

    def __init__(self, folder, program, arguments, before=None, prefix=(), environment=None):
        self.files = [tempfile.TemporaryFile(), tempfile.TemporaryFile()]
        variables = dict(os.environ, XDG_CACHE_HOME=root, SWIFT_BACKTRACE="enable=no",
                         **(environment or {}))
        variables.pop("MNIST_DIR", None)
        self.process = subprocess.Popen(
            [*prefix, program, *arguments], cwd=folder, env=variables, stdin=subprocess.DEVNULL,
            stdout=self.files[0], stderr=self.files[1], preexec_fn=before)

    def said(self, stream=1):
        # Its own place in the file, which the command shares with us.
        with open(f"/proc/self/fd/{self.files[stream].fileno()}" if linux else
                  f"/dev/fd/{self.files[stream].fileno()}", "rb") as file:
            file.seek(0)
            return file.read()

    def until(self, text, seconds=60):
        due = time.monotonic() + seconds
        while text not in self.said():
            check(time.monotonic() < due and self.process.poll() is None, "waited in vain:",
                  self.said())
            time.sleep(0.01)

    def end(self, seconds=60):
        try:
            self.code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"still running after {seconds} s: {self.said()!r}") from None
        self.output, self.error = self.said(0), self.said(1)
        return self

    def refused(self, code, *words):
        """One printable line that says certain words, and an exit code."""
        check(self.code == code, f"exit code {self.code}:", self.error)
        check(self.error.count(b"\n") == 1 and self.error.endswith(b"\n"), "lines:", self.error)
        for word in words:
            check(word in self.error.decode(), f"no '{word}' in", self.error)
        return self

    def done(self):
        check(self.code == 0, f"exit code {self.code}:", self.error)
        return self


base = ["--augment", "none", "--hidden", "16", "--threads", "2", "--batch", "16"]


def train(folder, *more, data=None, epochs=4, **how):
    arguments = ["--data", data or bars, *base, "--epochs", str(epochs), "--quiet", *more]
    return Run(folder, options.train, arguments, **how)


def infer(folder, *arguments, **how):
    return Run(folder, options.infer, ["--quiet", *arguments], **how)


def content(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def write(data, *path):
    with open(os.path.join(*path), "wb") as file:
        file.write(data)
    return os.path.join(*path)


def names(folder):
    return sorted(os.listdir(folder))


def limit(what, number):
    import resource

    def apply():
        resource.setrlimit(getattr(resource, what), (number, number))
    return apply


def as_other(folder):
    """What goes before a command to run it as somebody who is not root."""
    if not superuser:
        raise Skipped("another user needs root")
    if not shutil.which("setpriv"):
        raise Skipped("no setpriv")
    # Of a number that nobody else has: limits on processes count all of a user's.
    user = 50_000 + os.getpid() % 10_000
    prefix = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
    os.chmod(folder, 0o777)
    for program in (options.train, options.infer):
        if subprocess.run([*prefix, "test", "-x", program]).returncode != 0:
            raise Skipped("another user may not run the commands")
    return prefix


# What all of them use.
bars = digits(os.path.join(root, "bars"))
large = digits(os.path.join(root, "large"), 12, 12)
for part in ("train", "t10k"):
    idx(os.path.join(large, f"{part}-labels-idx1-ubyte.gz"), [2049, 60_000], bytes(60_000), True)
    idx(os.path.join(large, f"{part}-images-idx3-ubyte.gz"), [2051, 60_000, 28, 28],
        bytes(784 * 60_000), True)
    for kind in ("labels-idx1", "images-idx3"):
        os.remove(os.path.join(large, f"{part}-{kind}-ubyte"))
first = os.path.join(root, "first")
os.mkdir(first)
Run(first, options.train, ["--data", bars, "--augment", "none", "--hidden", "16", "--epochs", "8",
                           "--batch", "16", "--quiet"]).end().done()
image, sample = content(first, "digits.flash"), os.path.join(first, "digit.pgm")
