"""Checkpoints of others, links, signals."""
import os
import signal
import time

from trial import Run, bars, base, case, cases, check, content, infer, names, options, train, write

# Longer than any of these cases, on a busy machine too; without a schedule something is learned early on.
endless = ["--epochs", "9000", "--schedule", "constant", "--checkpoint-every", "1"]


def interrupted(folder, *more):
    """A checkpoint of a training that was killed."""
    run = train(folder, "--checkpoint-every", "1", *more, epochs=9000)
    due = time.monotonic() + 60
    path = os.path.join(folder, "digits.flash.checkpoint")
    while not os.path.exists(path):
        check(time.monotonic() < due, "no checkpoint:", run.said())
        time.sleep(0.01)
    run.process.kill()
    run.process.wait()
    return content(path)


@case
def a_checkpoint_of_another_training(folder):
    before = interrupted(folder)
    run = train(folder, "--checkpoint-every", "1", "--seed", "2").end().done()
    check(b"another training" in run.error, run.error)
    check(content(folder, "digits.flash.checkpoint") == before, "the checkpoint is not as it was")


@case
def a_checkpoint_that_another_training_has_taken(folder):
    other = interrupted(folder, "--seed", "2")
    run = Run(folder, options.train, ["--data", bars, *base, *endless, "--output", "a", "--checkpoint", "c"])
    run.until(b"epoch 40:")
    os.replace(write(other, folder, "other"), os.path.join(folder, "c"))
    run.until(b"another training's")
    run.process.send_signal(signal.SIGTERM)
    check(run.end().code == 143 and b"--resume" not in run.error, run.code, run.error[-300:])
    check(content(folder, "c") == other, "the other's checkpoint is gone")


@case
def stopped_before_anything_was_learned(folder):
    write(b"old", folder, "digits.flash")
    run = Run(folder, options.train, ["--data", bars, *base, "--epochs", "9000", "--checkpoint-every",
                                      "1"])
    run.until(b"epoch 2:")
    run.process.send_signal(signal.SIGINT)
    run.end()
    last = run.error.splitlines()[-1]
    check(run.code == 130 and b"no image was written" in last and b"--resume" in last, last)
    check(content(folder, "digits.flash") == b"old", "the old image is gone")
    check(names(folder) == ["digits.flash", "digits.flash.checkpoint"], names(folder))


@case
def a_linked_checkpoint(folder):
    os.mkdir(os.path.join(folder, "safe"))
    os.symlink("safe/c", os.path.join(folder, "link"))
    train(folder, "--checkpoint-every", "1", "--checkpoint", "link").end().done()
    check(os.path.islink(os.path.join(folder, "link")), "the link is gone")
    check(names(os.path.join(folder, "safe")) == [], "the checkpoint stayed")


@case
def nothing_was_written(folder):
    run = train(folder, "--checkpoint-every", "1", "--optimizer", "sgd", "--learning-rate", "100")
    run.end().refused(65, "nothing was written", "--learning-rate")
    check(names(folder) == [], names(folder))


def by_signal(number):
    def run_until(folder):
        run = Run(folder, options.train, ["--data", bars, *base, *endless])
        run.until(b"epoch 40:")
        run.process.send_signal(number)
        run.end()
        check(run.code == 128 + number, f"exit code {run.code}:", run.error[-300:])
        check(b"stopped after" in run.error.splitlines()[-1], run.error[-300:])
        check(names(folder) == ["digit.pgm", "digits.flash", "digits.flash.checkpoint"],
              names(folder))
        infer(folder, "--flash", "digits.flash", "digit.pgm").end().done()
    return run_until


for each in ("SIGHUP", "SIGQUIT", "SIGTERM", "SIGINT"):
    function = by_signal(getattr(signal, each))
    function.__name__ = f"ended by {each} the image is there"
    cases.append(function)
