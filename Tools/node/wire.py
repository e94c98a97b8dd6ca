"""The frames of Int8Runtime's Wire, from the side that asks; written apart from the Swift code, against
which they hold it."""

import random
import select
import socket
import struct
import time
import zlib

IDENTIFY, CLASSIFY, PROFILE, BEGIN, WRITE, COMMIT, STATUS, RESTART, UNGUARDED = range(1, 10)
COUNTERS = ["boots", "watchdog", "faults", "restarts", "stage", "withheld", "detected", "damaged",
            "dropped", "classified", "sound", "stack"]


def frame(kind, sequence, payload=b""):
    head = struct.pack("<BBH", kind, sequence, len(payload))
    return (b"\xa5\x5a" + head + struct.pack("<H", zlib.crc32(head) & 0xFFFF) + payload
            + struct.pack("<I", zlib.crc32(head + payload)))


def frames(data):
    """The whole frames in bytes, and what is left over."""
    found = []
    while True:
        start = data.find(b"\xa5\x5a")
        if start < 0:
            return found, data[-1:]
        data = data[start:]
        if len(data) < 8:
            return found, data
        kind, sequence, length, check = struct.unpack("<BBHH", data[2:8])
        if zlib.crc32(data[2:6]) & 0xFFFF != check:
            data = data[2:]
            continue
        end = 8 + length + 4
        if len(data) < end:
            return found, data
        payload = data[8:8 + length]
        if zlib.crc32(data[2:6] + payload) == struct.unpack("<I", data[end - 4:end])[0]:
            found.append((kind, sequence, payload))
            data = data[end:]
        else:
            data = data[2:]


class Refused(Exception):
    """The node has said no: the reason and its detail."""


class Node:
    """A node behind a Unix socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        # A socket is there a moment before somebody listens at it.
        for turn in range(100):
            try:
                self.socket.connect(path)
                break
            except ConnectionRefusedError:
                if turn == 99:
                    raise
                time.sleep(0.02)
        self.sequence = random.randrange(256)
        self.buffer = b""

    def send(self, kind, payload=b""):
        self.sequence = self.sequence + 1 & 255
        self.buffer = b""
        self.socket.sendall(frame(kind, self.sequence, payload))

    def answer(self, seconds=5):
        """The answer to what was sent last, or None in time."""
        end = time.monotonic() + seconds
        while True:
            found, self.buffer = frames(self.buffer)
            for kind, sequence, payload in found:
                if sequence == self.sequence:
                    if kind & 0xC0 == 0xC0:
                        raise Refused(payload[0], payload[1])
                    return payload
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.socket], [], [], left)[0]:
                return None
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError("the node has gone")
            self.buffer += data

    def ask(self, kind, payload=b"", seconds=5, tries=3):
        for _ in range(tries):
            self.send(kind, payload)
            answer = self.answer(seconds)
            if answer is not None:
                return answer
        raise TimeoutError("no answer")

    def classify(self, picture, kind=CLASSIFY, **how):
        """Class, ticks and logits."""
        answer = self.ask(kind, picture, **how)
        words = struct.unpack(f"<II{len(answer) // 4 - 2}i", answer)
        return words[0], words[1], words[2:]

    def status(self):
        return dict(zip(COUNTERS, struct.unpack("<12I", self.ask(STATUS))))
