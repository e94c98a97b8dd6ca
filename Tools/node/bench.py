"""A node on the bench: its pictures, what it says of them undamaged, and one question after damage."""

import random
import sys

import qemu
from wire import CLASSIFY, IDENTIFY, Node, Refused


class Bench:
    def __init__(self, options):
        with open(options.pictures, "rb") as file:
            data = file.read()
        count = min(100, (len(data) - 16) // 784)
        self.pictures = [data[16 + 784 * n:16 + 784 * (n + 1)] for n in range(count)]
        self.random = random.Random(options.seed)
        self.options = options
        self.last = "nothing"
        # Where the node's patience is waited for, its time has to pass; a frame whose bytes QEMU hands over late, on a
        # busy machine, must not be lost to it.
        shift = {"hang": 5, "wire": 3}.get(options.what, 0)
        self.machine = qemu.Machine(options.board, options.flash, shift=shift)
        self.symbols = self.machine.symbols()
        with open(options.flash, "rb") as file:
            self.image = file.read()
        self.hidden = int.from_bytes(self.image[20:22], "little")
        self.classes = int.from_bytes(self.image[22:24], "little")
        self.inputs = self.image[16] ** 2
        self.node = Node(self.machine.socket)
        self.gdb = self.machine.gdb
        self.gdb.go()
        try:
            self.node.ask(IDENTIFY)
            self.right = [self.node.classify(picture)[::2] for picture in self.pictures]
        except Exception:
            self.machine.end()
            raise

    def address(self, name):
        """Of a symbol that ends so, or contains it."""
        for symbol, (address, _) in self.symbols.items():
            if symbol == name:
                return address
        return next(a for symbol, (a, _) in self.symbols.items() if name in symbol) & ~1

    @property
    def arena(self):
        return self.address("__arena_start") + 16

    def used_memory(self):
        """The addresses of RAM in use: the deepest stack, the journal, variables, and the guarded arena."""
        stack = self.node.status()["stack"]
        arena = 784 + self.inputs + max(4 * self.hidden, self.hidden + 4 * self.classes)
        end = self.arena + arena + 784 + 4 * self.classes + 16
        return self.address("__stack_top") - stack, end

    def flip_memory(self, address, bit):
        self.last = f"{address:x} bit {bit} at {self.gdb.register(15):x}"
        byte = self.gdb.read(address, 1)[0]
        self.gdb.write(address, bytes([byte ^ 1 << bit]))

    def gdb_read(self, address, count):
        """Reads memory of the running chip."""
        self.gdb.halt()
        data = self.gdb.read(address, count)
        self.gdb.go()
        return data

    def gdb_write(self, address, data):
        """Writes memory of the running chip."""
        self.gdb.halt()
        self.gdb.write(address, data)
        self.gdb.go()

    def ask(self, index, kind=CLASSIFY, seconds=3):
        """Sends a picture, and does not wait."""
        self.node.send(kind, self.pictures[index])

    def outcome(self, index, seconds=3):
        """right, wrong, withheld or silent."""
        try:
            answer = self.node.answer(seconds)
        except Refused as refused:
            return f"withheld-{refused.args[0]}"
        if answer is None:
            return "silent"
        words = [int.from_bytes(answer[i:i + 4], "little", signed=True)
                 for i in range(0, len(answer), 4)]
        if len(words) != 2 + self.classes:
            # As infer-sim says: another image's answer.
            return "withheld-asker"
        said, logits = words[0], tuple(words[2:])
        if said != max(range(self.classes), key=lambda n: (logits[n], -n)):
            # The asker sees that the two differ.
            return "withheld-asker"
        if (said, logits) == self.right[index]:
            return "right"
        print(f"wrong: {said} {logits}, not {self.right[index]}; last {self.last}",
              file=sys.stderr, flush=True)
        return "wrong"

    def recovers(self):
        """Whether the next question, asked three times at most, has the right answer."""
        for _ in range(3):
            index = self.random.randrange(len(self.pictures))
            self.ask(index)
            result = self.outcome(index)
            if result in ("right", "wrong"):
                return result
        return "lost"

    def reset(self):
        """A reset from outside."""
        self.gdb.halt()
        self.gdb.monitor("system_reset")
        self.gdb.go()

    def progress(self, done, count, tally):
        if done % 100 == 0:
            print(f"{done} of {count}: {dict(tally)}", file=sys.stderr, flush=True)
