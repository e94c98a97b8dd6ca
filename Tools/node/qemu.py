"""A node under QEMU: its program from an ELF, and its slots put into flash before it starts."""

import os
import subprocess
import tempfile
import time

from gdb import Gdb

TOOLS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BOARDS = os.path.join(TOOLS, "..", "Firmware-sim", "Firmware", "Boards")


def board(name):
    """What a board's folder says of it."""
    with open(os.path.join(BOARDS, name, "board.conf")) as file:
        lines = [line.strip().split("=", 1) for line in file if "=" in line and line[0] != "#"]
    conf = dict(lines)
    for key in ("flash_start", "slots_offset", "room", "page"):
        conf[key] = int(conf[key], 0)
    return conf


class Machine:
    """One emulated board; it is stopped until `start` is called."""

    def __init__(self, name, flash=None, socket=None, elf=None, shift=0):
        self.conf = board(name)
        self.folder = tempfile.TemporaryDirectory(prefix="node-")
        self.socket = socket or os.path.join(self.folder.name, "line")
        self.stub = os.path.join(self.folder.name, "gdb")
        slots = os.path.join(self.folder.name, "slots")
        self.elf = elf or os.path.join(self.folder.name, "node.elf")
        build = [os.path.join(TOOLS, "make-firmware"), "--board", name, "--program-only"]
        if not elf:
            build += ["--output", self.elf]
        if flash:
            build += ["--flash", flash, "--slots", slots]
        if flash or not elf:
            done = subprocess.run(build, stdin=subprocess.DEVNULL)
            if done.returncode:
                raise SystemExit(done.returncode)
        self.process = subprocess.Popen(
            ["qemu-system-arm", "-M", self.conf["machine"], "-nographic", "-monitor", "none",
             "-serial", f"unix:{self.socket},server=on,wait=off",
             "-gdb", f"unix:{self.stub},server=on,wait=off", "-S", "-kernel", self.elf,
             # An instruction takes 1 ns, or so many powers of two, however busy this machine is. The shorter it is,
             # the longer a node waits for the next byte, by the clock on the wall.
             "-icount", f"shift={shift}"],
            stdin=subprocess.DEVNULL)
        self.gdb = self._connected()
        self.slots = self.conf["flash_start"] + self.conf["slots_offset"]
        # Written like this, flash keeps what it holds over a reset; what comes from the ELF is loaded again.
        end = self.slots + 2 * (self.conf["room"] + self.conf["page"])
        if flash:
            with open(slots, "rb") as file:
                image = file.read()
            self.gdb.write(self.slots, image)
        erased = self.slots + (self.conf["room"] + self.conf["page"] if flash else 0)
        self.gdb.write(erased, b"\xff" * (end - erased))

    def _connected(self):
        for _ in range(200):
            if self.process.poll() is not None:
                raise SystemExit(74)
            try:
                return Gdb(self.stub)
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.02)
        raise SystemExit(74)

    def start(self):
        """Lets it run, and leaves it alone."""
        self.gdb.close()
        self.gdb = None

    def symbols(self):
        """Addresses and sizes of what is in the program, by name."""
        text = subprocess.run(["llvm-nm", "--print-size", self.elf], capture_output=True,
                              text=True, check=True).stdout
        found = {}
        for line in text.splitlines():
            words = line.split()
            if len(words) >= 3:
                size = int(words[1], 16) if len(words) == 4 else 0
                found[words[-1]] = (int(words[0], 16), size)
        return found

    def end(self):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()
