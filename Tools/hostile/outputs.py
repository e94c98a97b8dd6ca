"""Outputs that are one file with another or with an input, that cannot be renamed into place, and names that are no
UTF-8."""
import json
import os
import shutil
import subprocess
import sys

from trial import (
    Run, Skipped, as_other, bars, base, case, check, content, digits, image, infer, linux,
    names, options, superuser, train, write)


@case
def one_name_for_two_outputs(folder):
    os.symlink("x", os.path.join(folder, "link"))
    os.mkdir(os.path.join(folder, "in"))
    os.symlink(".", os.path.join(folder, "here"))
    for other in ("x", "./x", "link", "in/../x", "here/x", os.path.join(folder, "x")):
        for option in ("--sample", "--report"):
            train(folder, "--output", "x", option, other).end().refused(64, "same file")
    train(folder, "--checkpoint-every", "1", "--output", "y", "--checkpoint", "./y").end().refused(
        64, "same file")
    train(folder, "--output", "digit.pgm").end().refused(64, "same file")
    check(names(folder) == ["here", "in", "link"], names(folder))


@case
def an_output_over_the_data(folder):
    digits(os.path.join(folder, "d"), 60, 20)
    before = content(folder, "d", "train-images-idx3-ubyte")
    run = train(folder, "--output", "d/train-images-idx3-ubyte", data="d").end()
    run.refused(64, "would replace what is read")
    check(content(folder, "d", "train-images-idx3-ubyte") == before, "the data is gone")
    flash = write(image, folder, "f.flash")
    infer(folder, "--fault-report", "--flash", flash, "--plot", "./f.flash").end().refused(
        64, "would replace")
    check(content(folder, "f.flash") == image, "the image is gone")


@case
def names_that_are_not_utf8(folder):
    place = os.fsencode(folder)
    name = b"na\xefve"
    if sys.platform == "darwin":
        raise Skipped("the file system has only UTF-8")
    shutil.copytree(os.fsencode(bars), os.path.join(place, name))
    os.symlink(b"t\xff", os.path.join(place, b"link"))
    os.symlink(b"old\xff", os.path.join(place, b"sample"))
    write(b"old", place, b"old\xff")
    train(folder, b"--output", name + b".flash", b"--sample", b"sample", b"--report", b"link",
          data=name).end().done()
    expected = sorted([name, name + b".flash", b"link", b"sample", b"old\xff", b"t\xff"])
    check(sorted(os.listdir(place)) == expected, sorted(os.listdir(place)))
    check(content(place, b"old\xff") != b"old" and os.path.islink(os.path.join(place, b"sample")),
          "the link's target")
    run = infer(folder, b"--flash", name + b".flash", b"--json", b"old\xff").end().done()
    check(json.loads(run.output)["results"][0]["image"] == "old\\xff", run.output)
    run = infer(folder, b"--flash", name + b".flash", b"old\xff").end().done()
    check(b"old\\xff: " in run.output and run.output.decode(), run.output)
    infer(folder, b"no\xff").end().refused(66, "no\\xff: no such file")


@case
def a_mounted_file(folder):
    if not (superuser and linux):
        raise Skipped("mounts need root")
    for name in ("outside", "inside", "a \\ b"):
        write(b"old", folder, name)
    for name in ("inside", "a \\ b"):
        target = os.path.join(folder, name)
        if subprocess.run(["mount", "--bind", os.path.join(folder, "outside"), target],
                          stderr=subprocess.DEVNULL).returncode != 0:
            raise Skipped("mounting is not permitted")
        try:
            for option in ("--output", "--sample", "--report"):
                # Not quiet: one line is a refusal before the work.
                Run(folder, options.train, ["--data", bars, *base, option, name]).end().refused(
                    73, "is mounted")
            train(folder, "--checkpoint", name).end().refused(73)
        finally:
            subprocess.run(["umount", target])
    check(content(folder, "outside") == b"old", "the file")
    check(names(folder) == ["a \\ b", "inside", "outside"], names(folder))


@case
def the_file_of_another_in_a_sticky_folder(folder):
    prefix = as_other(folder)
    sticky = os.path.join(folder, "sticky")
    os.mkdir(sticky)
    os.chmod(sticky, 0o1777)
    os.chmod(write(b"old", sticky, "x"), 0o666)
    Run(folder, options.train, ["--data", bars, *base, "--output", "sticky/x"], prefix=prefix).end(
    ).refused(73, "sticky/x")
    check(content(sticky, "x") == b"old" and names(sticky) == ["x"], names(sticky))
