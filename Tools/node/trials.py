"""What is done to a node, one function for each kind of damage."""

import struct
import time
from collections import Counter

from bench import Bench  # noqa: F401
from wire import BEGIN, CLASSIFY, COMMIT, IDENTIFY, RESTART, UNGUARDED, WRITE, Refused, frame


def stage_hook(bench):
    """Where the program comes by between two stages, the stage's number in r0."""
    return next(a & ~1 for name, (a, _) in bench.symbols.items()
                if "ChipBoard" in name and "4note" in name)


def at_any_moment(bench, damage, count):
    """Asks, stops the chip anywhere, damages it and lets it go on; half of the moments are in
    classifying, where it is only a twentieth of the time."""
    tally = Counter()
    hook = stage_hook(bench)
    turn = 0.03
    for trial in range(count):
        index = bench.random.randrange(len(bench.pictures))
        begun = time.monotonic()
        if trial % 2:
            bench.gdb.halt()
            bench.gdb.set_breakpoint(hook)
            bench.gdb.go()
            bench.ask(index)
            try:
                bench.gdb.stopped(10)
            except TimeoutError:
                # On a busy machine a frame may be late, and is dropped: nothing has been flipped.
                bench.gdb.halt()
                bench.gdb.remove_breakpoint(hook)
                bench.gdb.go()
                tally["unasked"] += 1
                continue
            bench.gdb.remove_breakpoint(hook)
            bench.gdb.go()
            time.sleep(bench.random.random() * 0.004)
            bench.gdb.halt()
        else:
            bench.ask(index)
            time.sleep(bench.random.random() * turn)
            bench.gdb.halt()
        damage()
        bench.gdb.go()
        result = bench.outcome(index)
        if not trial % 2 and result == "right":
            turn = 0.9 * turn + 0.1 * (time.monotonic() - begun)
        tally[result] += 1
        after = bench.recovers()
        if after == "lost":
            tally["lost"] += 1
            bench.reset()
            bench.recovers()
        elif after == "wrong":
            tally["wrong"] += 1
        bench.progress(trial + 1, count, tally)
    status = bench.node.status()
    return {"flips": count - tally["unasked"], "wrong": tally["wrong"], "lost": tally["lost"],
            **sorted_tally(tally), "restarts": status["restarts"], "faults": status["faults"],
            "watchdog": status["watchdog"]}


def sorted_tally(tally):
    return dict(sorted((k, v) for k, v in tally.items() if k not in ("wrong", "lost")))


def memory(bench, count):
    start, end = bench.used_memory()

    def damage():
        bench.flip_memory(bench.random.randrange(start, end), bench.random.randrange(8))
    return at_any_moment(bench, damage, count)


def registers(bench, count):
    def damage():
        number = bench.random.randrange(15)
        bench.gdb.set_register(
            number, bench.gdb.register(number) ^ 1 << bench.random.randrange(32))
    return at_any_moment(bench, damage, count)


TARGETS = ["picture", "features", "list", "sums", "activations", "logits"]


def stages(bench, count):
    """The simulation's flips of single bits, at its times and places."""
    tally = Counter()
    hook = stage_hook(bench)
    features = bench.arena + 784
    sums = features + bench.inputs
    logits = sums + bench.hidden
    pick = bench.random
    for trial in range(count):
        target = TARGETS[trial % len(TARGETS)]
        index = pick.randrange(len(bench.pictures))
        logit = pick.randrange(bench.classes - (target == "activations"))
        wanted = {"picture": [1], "list": [256], "features": [2], "sums": [2, 256, 512],
                  "activations": [3] + [4 + n for n in range(bench.classes - 1)],
                  "logits": [4 + logit]}[target]
        stage = pick.choice(wanted)
        bench.gdb.halt()
        bench.gdb.set_breakpoint(hook)
        bench.gdb.go()
        bench.ask(index, UNGUARDED)
        pairs = 0
        while True:
            bench.gdb.stopped(5)
            number = bench.gdb.register(0)
            if number == 256:
                seen = bench.gdb.read(features, bench.inputs)
                pairs = sum(seen[i:i + 2] != b"\0\0" for i in range(0, len(seen), 2))
            if number == stage:
                break
            # On from where it is called: all that it does is to note the stage.
            bench.gdb.set_register(15, bench.gdb.register(14) & ~1)
            bench.gdb.go()
        start, size = {
            "picture": (bench.arena, 784), "features": (features, bench.inputs),
            "list": (bench.arena, 8 * max(1, min(pairs, 97))), "sums": (sums, 4 * bench.hidden),
            "activations": (sums, bench.hidden),
            "logits": (logits, 4 * (stage - 3))}[target]
        bench.flip_memory(start + pick.randrange(size), pick.randrange(8))
        bench.gdb.remove_breakpoint(hook)
        bench.gdb.go()
        try:
            answer = bench.node.answer(3)
            said = None if answer is None else struct.unpack("<I", answer[:4])[0]
        except Refused:
            said = None
        tally[target] += 1
        if said is not None and said != bench.right[index][0]:
            tally["wrong"] += 1
            tally[target + "-wrong"] += 1
        if said is None:
            tally["silent"] += 1
            bench.recovers()
        bench.progress(trial + 1, count, tally)
    return {"flips": count, "wrong": tally["wrong"], **sorted_tally(tally)}


def flash(bench, count):
    """A bit of the image flips in flash: wrong answers until the scrubber has come by, and what it does."""
    tally = Counter()
    start = bench.machine.slots
    for trial in range(count):
        before = bench.node.status()["damaged"]
        bit = bench.random.randrange(8 * len(bench.image))
        bench.gdb.halt()
        bench.flip_memory(start + bit // 8, bit % 8)
        bench.gdb.go()
        index = bench.random.randrange(len(bench.pictures))
        bench.ask(index)
        tally["at-once-" + bench.outcome(index)] += 1
        found = False
        for _ in range(200):
            if bench.node.status()["damaged"] > before:
                found = True
                break
            time.sleep(0.02)
        tally["found" if found else "missed"] += 1
        # It has no other image here; a damaged one must not be read with.
        bench.ask(index)
        result = bench.outcome(index)
        tally["wrong"] += result in ("right", "wrong") and found
        tally["then-" + result] += 1
        bench.gdb.halt()
        bench.gdb.write(start, bench.image)
        bench.gdb.monitor("system_reset")
        bench.gdb.go()
        bench.recovers()
        bench.progress(trial + 1, count, tally)
    return {"flips": count, "wrong": tally["wrong"], **sorted_tally(tally)}


def damaged(pick, sent, other):
    """A frame as it arrives: pieces, and whether a silence is between them; and what was done."""
    kind = pick.choice(["dropped", "doubled", "flipped", "cut", "spliced", "delayed"])
    offset = pick.randrange(1, len(sent))
    if kind == "dropped":
        return kind, []
    if kind == "doubled":
        return kind, [sent + sent]
    if kind == "flipped":
        data = bytearray(sent)
        for _ in range(pick.randint(1, 8)):
            data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
        return kind, [bytes(data)]
    if kind == "cut":
        return kind, [sent[:offset] + sent[pick.randint(offset + 1, len(sent)):]]
    if kind == "spliced":
        return kind, [sent[:offset] + other[pick.randrange(len(other)):]]
    return kind, [sent[:offset], sent[offset:]]


def wire(bench, count):
    tally = Counter()
    for trial in range(count):
        index = bench.random.randrange(len(bench.pictures))
        node = bench.node
        node.sequence = node.sequence + 1 & 255
        sent = frame(CLASSIFY, node.sequence, bench.pictures[index])
        other = frame(CLASSIFY, node.sequence - 1 & 255, bench.random.choice(bench.pictures))
        kind, pieces = damaged(bench.random, sent, other)
        for number, piece in enumerate(pieces):
            if number:
                # Emulated time runs faster than the clock on the wall where nothing happens.
                time.sleep(0.3)
            node.socket.sendall(piece)
        node.buffer = b""
        result = bench.outcome(index, 0.3)
        tally[f"{kind}-{result}"] += 1
        tally["wrong"] += result == "wrong"
        again = bench.recovers()
        tally["recovered"] += again == "right"
        tally["wrong"] += again == "wrong"
        bench.progress(trial + 1, count, tally)
    return {"frames": count, "wrong": tally["wrong"], "recovered": tally["recovered"],
            **{k: v for k, v in sorted(tally.items()) if k not in ("wrong", "recovered")}}


def send_update(bench, image, until=None):
    """Sends an image; gives up at a moment that `until` names."""
    bench.node.ask(BEGIN, struct.pack("<I", len(image)), 20)
    for start in range(0, len(image), 512):
        if until and time.monotonic() > until:
            return False
        bench.node.ask(WRITE, struct.pack("<I", start) + image[start:start + 512])
    return bool(bench.node.ask(COMMIT, b"", 20))


def update(bench, count):
    """Resets at any moment of an update: the chip, while a frame of it is on its way or is carried out."""
    with open(bench.options.to, "rb") as file:
        images = [bench.image, file.read()]
    tally = Counter()
    running = 0
    duration = None
    for trial in range(count):
        begun = time.monotonic()
        new = images[1 - running]
        if duration is None:
            send_update(bench, new)
            duration = time.monotonic() - begun
        else:
            moment = begun + bench.random.random() * 1.02 * duration
            try:
                bench.node.ask(BEGIN, struct.pack("<I", len(new)), 20)
                frames = [(WRITE, struct.pack("<I", start) + new[start:start + 512])
                          for start in range(0, len(new), 512)] + [(COMMIT, b"")]
                for kind, payload in frames:
                    left = moment - time.monotonic()
                    if left < duration / len(frames):
                        bench.node.send(kind, payload)
                        time.sleep(max(0, left))
                        break
                    bench.node.ask(kind, payload)
            except (Refused, TimeoutError):
                tally["broken"] += 1
        bench.reset()
        header = bench.node.ask(IDENTIFY, b"", 5, 5)[16:184]
        booted = [number for number, image in enumerate(images) if image[:168] == header]
        if not booted:
            tally["wrong"] += 1
            continue
        tally["new" if booted[0] != running else "old"] += 1
        running = booted[0]
        bench.progress(trial + 1, count, tally)
    return {"resets": count, "wrong": tally["wrong"], "neither": tally["wrong"],
            **sorted_tally(tally)}


def hang(bench, count):
    """Makes a jump to itself of what is called between two stages; the watchdog has to notice."""
    tally = Counter()
    spot = stage_hook(bench)
    for trial in range(count):
        before = bench.node.status()
        code = bench.gdb_read(spot, 2)
        bench.gdb_write(spot, b"\xfe\xe7")
        bench.ask(0)
        began = time.monotonic()
        after = None
        while after is None and time.monotonic() - began < 60:
            try:
                after = dict(bench.node.status())
            except TimeoutError:
                pass
            # In time the reset has come; where a board's program is not loaded again, it is mended here.
            bench.gdb_write(spot, code)
        if after and after["watchdog"] == before["watchdog"] + 1:
            tally["reset"] += 1
        else:
            tally["wrong"] += 1
        tally[bench.recovers()] += 1
    return {"hangs": count, "wrong": tally["wrong"], **sorted_tally(tally)}


def hostile(bench, count):
    """Sends whole frames of any kind and length whose first word is often one that a size must not be: the node may
    refuse, and must neither fault nor start again."""
    tally = Counter()
    pick = bench.random
    before = bench.node.status()
    sizes = [0, 1, 3, 4, 168, 169, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFC, 0xFFFFFFFF]
    for trial in range(count):
        kind = pick.choice([BEGIN, WRITE, COMMIT, IDENTIFY, CLASSIFY, pick.randrange(256)])
        if kind == RESTART:
            continue
        words = pick.choice([0, 1, 2, 5, 196])
        payload = b"".join(
            struct.pack("<I", pick.choice(sizes) if n == 0 else pick.getrandbits(32))
            for n in range(words))
        try:
            answer = bench.node.ask(kind, payload)
            tally["answered"] += answer is not None
        except Refused:
            tally["refused"] += 1
        except TimeoutError:
            tally["wrong"] += 1
        bench.progress(trial + 1, count, tally)
    after = bench.node.status()
    tally["wrong"] += any(after[name] != before[name] for name in ("boots", "faults", "watchdog"))
    tally["wrong"] += bench.recovers() != "right"
    return {"frames": count, "wrong": tally["wrong"], **sorted_tally(tally)}


TRIALS = {"memory": memory, "registers": registers, "stages": stages, "flash": flash, "wire": wire,
          "update": update, "hang": hang, "hostile": hostile}
