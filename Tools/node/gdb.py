"""The remote protocol of gdb, as far as stopping a chip and changing its memory take it
("Debugging with GDB", appendix E)."""

import select
import socket


class Gdb:
    """A connection to a stub; the chip is stopped while it is made."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.buffer = b""
        # Registers can be read one by one once their description has been asked for. A chip that was running
        # has told that it stopped.
        self.send("qXfer:features:read:target.xml:0,1000")
        while self.reply()[:1] not in ("l", "m"):
            pass

    def send(self, text):
        data = text.encode()
        self.socket.sendall(b"$" + data + b"#%02x" % (sum(data) & 255))

    def _fill(self, seconds):
        if not select.select([self.socket], [], [], seconds)[0]:
            raise TimeoutError
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the emulator has ended")
        self.buffer += data

    def reply(self, seconds=10):
        """The next packet, acknowledged."""
        while True:
            start = self.buffer.find(b"$")
            end = self.buffer.find(b"#", start)
            if 0 <= start < end and len(self.buffer) >= end + 3:
                packet = self.buffer[start + 1:end]
                self.buffer = self.buffer[end + 3:]
                self.socket.sendall(b"+")
                return packet.decode()
            self._fill(seconds)

    def ask(self, text):
        self.send(text)
        while True:
            packet = self.reply()
            # A breakpoint and a request to stop may both have been told.
            if packet[:1] not in ("T", "S") or text in ("s", "?"):
                return packet

    def read(self, address, count):
        return bytes.fromhex(self.ask(f"m{address:x},{count:x}"))

    def write(self, address, data):
        for start in range(0, len(data), 1024):
            part = data[start:start + 1024]
            answer = self.ask(f"M{address + start:x},{len(part):x}:{part.hex()}")
            assert answer == "OK", answer

    def word(self, address):
        return int.from_bytes(self.read(address, 4), "little")

    def register(self, number):
        return int.from_bytes(bytes.fromhex(self.ask(f"p{number:x}")), "little")

    def set_register(self, number, value):
        answer = self.ask(f"P{number:x}={value.to_bytes(4, 'little').hex()}")
        assert answer == "OK", answer

    def go(self):
        self.send("c")

    def halt(self, seconds=10):
        """Stops the chip where it is."""
        self.socket.sendall(b"\x03")
        return self.reply(seconds)

    def stopped(self, seconds):
        """Waits for a breakpoint."""
        return self.reply(seconds)

    def step(self):
        return self.ask("s")

    def set_breakpoint(self, address):
        assert self.ask(f"Z0,{address:x},2") == "OK"

    def remove_breakpoint(self, address):
        assert self.ask(f"z0,{address:x},2") == "OK"

    def monitor(self, command):
        """A command of the emulator's own."""
        self.send("qRcmd," + command.encode().hex())
        text = ""
        while True:
            packet = self.reply()
            if packet == "OK":
                return text
            if packet.startswith("O"):
                text += bytes.fromhex(packet[1:]).decode()

    def close(self):
        """Leaves the chip running."""
        self.ask("D")
        self.socket.close()
