"""Threads, memory, descriptors, and programs and files that never end."""
import os
import signal
import time

from trial import (
    CODES, Run, Skipped, as_other, bars, base, case, check, content, digits, infer, large, limit,
    linux, names, options, sample, superuser, train, write)


@case
def no_thread_can_start(folder):
    # Limits on processes bind everyone but root.
    prefix = as_other(folder) if superuser else []
    alone = limit("RLIMIT_NPROC", 1)
    for more in ([], ["--teacher", "16"]):
        train(folder, "--output", "few", "--sample", "s", *more, prefix=prefix, before=alone).end().done()
        train(folder, "--output", "many", *more).end().done()
        check(content(folder, "few") == content(folder, "many"), "other bytes")
    run = Run(folder, options.train, ["--data", "built-in", "--test-data", bars, *base, "--epochs", "1",
                                      "--quiet", "--sample", "s"], prefix=prefix, before=alone)
    run.end().done()


@case
def little_memory(folder):
    if not linux:
        raise Skipped("ulimit -v is Linux's")
    packed = digits(os.path.join(folder, "packed"), pack=True)
    for kilobytes in (60_000, 100_000, 150_000, 400_000):
        for data in (bars, packed, large):
            run = train(folder, "--output", "x", data=data,
                        before=limit("RLIMIT_AS", kilobytes * 1024)).end()
            # Below a certain limit not even the loader has come to its end.
            if b"error while loading shared libraries" in run.error or run.code == 127:
                continue
            if run.code == 0:
                os.remove(os.path.join(folder, "x"))
                continue
            check(run.code in CODES, kilobytes, data, "exit code", run.code, run.error)
            run.refused(run.code)
            check(not os.path.exists(os.path.join(folder, "x")), "half an output")


@case
def few_descriptors(folder):
    packed = digits(os.path.join(folder, "packed"), pack=True)
    for number in range(4, 14):
        for data in (bars, packed):
            run = train(folder, data=data, before=limit("RLIMIT_NOFILE", number)).end()
            if b"error while loading shared libraries" in run.error or run.code == 127:
                continue
            if run.code != 0:
                check(run.code in CODES, number, data, "exit code", run.code, run.error)
                run.refused(run.code)
        run = infer(folder, sample, before=limit("RLIMIT_NOFILE", number)).end()
        if run.code not in (0, 127):
            run.refused(run.code)


@case
def a_gzip_that_never_ends(folder):
    tools = os.path.join(folder, "tools")
    os.mkdir(tools)
    os.chmod(write(b"#!/bin/sh\n/bin/gzip -dc\nexec >&-\nexec /bin/sleep 1000\n", tools, "gzip"), 0o755)
    if not os.path.exists("/bin/gzip"):
        raise Skipped("no /bin/gzip")
    packed = digits(os.path.join(folder, "packed"), pack=True)
    train(folder, data=packed, environment={"PATH": tools}).end().refused(74, "gzip")


@case
def a_file_that_never_ends(folder):
    if not os.path.exists("/proc/kmsg"):
        raise Skipped("no /proc/kmsg")
    try:
        os.close(os.open("/proc/kmsg", os.O_RDONLY | os.O_NONBLOCK))
    except OSError as error:
        raise Skipped(f"/proc/kmsg: {error.strerror}") from None
    infer(folder, "/proc/kmsg").end().refused(66, "/proc/kmsg")


@case
def ctrl_c_ends_the_emulator_too(folder):
    """The tool is another that waits, in a package that this makes: what matters is who ends it."""
    os.mkdir(os.path.join(folder, "Tools"))
    os.mkdir(os.path.join(folder, "tmp"))
    write(b"", folder, "Package.swift")
    write(b"""#!/bin/bash
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
echo $$ >pids
timeout --foreground 100 sleep 99 & echo $! >>pids
timeout --foreground 100 sh -c 'echo $$ >>pids; touch ready; exec sleep 99'
""", folder, "Tools", "run-firmware")
    os.chmod(os.path.join(folder, "Tools", "run-firmware"), 0o755)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        run = infer(folder, "--engine", "qemu", "--dataset", bars,
                    environment={"TMPDIR": os.path.join(folder, "tmp")})
        due = time.monotonic() + 60
        while not os.path.exists(os.path.join(folder, "ready")):
            check(time.monotonic() < due and run.process.poll() is None, run.said())
            time.sleep(0.01)
        run.process.send_signal(number)
        run.end().refused(128 + number, "stopped")
        due = time.monotonic() + 5
        for pid in map(int, content(folder, "pids").split()):
            while time.monotonic() < due and running(pid):
                time.sleep(0.01)
            check(not running(pid), "a process is left")
        check(names(os.path.join(folder, "tmp")) == [], names(os.path.join(folder, "tmp")))
        os.remove(os.path.join(folder, "ready"))


def running(pid):
    try:
        os.kill(pid, 0)
        return not linux or content("/proc", str(pid), "stat").split(b")")[-1].split()[0] != b"Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
