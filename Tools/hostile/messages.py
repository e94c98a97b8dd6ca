"""Numbers that are not what they say, and messages that mislead."""
import gzip
import json
import os
import re
import shutil
import struct
import zlib

from endings import interrupted
from trial import bars, case, check, content, digits, image, infer, names, sample, train, write


@case
def scales_that_are_not_finite_together(folder):
    hostile = bytearray(image)
    for scale, temperature in ((3e38, 1.2e-38), (3e38, 1.0), (1.0, 1.2e-38)):
        hostile[32:40] = struct.pack("<ff", scale, temperature)
        hostile[164:168] = struct.pack("<I", zlib.crc32(bytes(hostile[:164])))
        write(bytes(hostile), folder, "hostile.flash")
        for more in ([], ["--json"]):
            infer(folder, "--flash", "hostile.flash", *more, sample).end().refused(
                65, "hostile.flash", "a field of its header")


@case
def the_teachers_digits_count(folder):
    run = train(folder, "--teacher", "32", "--json", epochs=5).end().done()
    result = json.loads(run.output)
    seen = result["samples_per_second"] * result["train_seconds"]
    check(abs(seen - 10 * result["train_count"]) < 1, seen, result)


@case
def advice_follows_from_what_was_seen(folder):
    for rate in ("1e-7", "1e-45", "1e-30"):
        run = train(folder, "--learning-rate", rate).end()
        run.refused(65, "learned nothing", "did not move", "try --learning-rate 0.001")
    run = train(folder, "--learning-rate", "1e30", "--optimizer", "sgd").end()
    run.refused(65, "diverged", "try --learning-rate 0.04")
    black = digits(os.path.join(folder, "black"), draw=lambda x, y: 0)
    train(folder, data=black).end().refused(65, "pictures are the same", "--data")
    shuffled = digits(os.path.join(folder, "shuffled"), 600,
                      label=lambda noise, _: noise.randrange(10))
    train(folder, data=shuffled).end().refused(65, "labels")
    check(names(folder) == ["black", "shuffled"], names(folder))


@case
def a_handful_of_digits(folder):
    for count in (1, 2, 5, 11, 12, 13):
        run = train(folder, data=digits(os.path.join(folder, str(count)), count)).end()
        run.refused(65, "two at least") if count == 1 else run.done()


@case
def messages_about_data(folder):
    for name, bytes_, words in (
            ("html", b"<!DOCTYPE html><html><title>403</title></html>\n" * 9, ["a web page, not IDX"]),
            ("pointer", b"version https://git-lfs.github.com/spec/v1\n", ["Git LFS"]),
            ("zip", b"PK\3\4" + bytes(99), ["zip archive"])):
        for ending in ("", ".gz"):
            shutil.copytree(bars, os.path.join(folder, name + ending))
            os.remove(os.path.join(folder, name + ending, "train-images-idx3-ubyte"))
            write(bytes_, folder, name + ending, "train-images-idx3-ubyte" + ending)
            train(folder, data=name + ending).end().refused(65, "train-images-idx3-ubyte", *words)
    inner = os.path.join(folder, "torch", "MNIST", "raw")
    shutil.copytree(bars, inner)
    for place in ("torch", "torch/MNIST"):
        train(folder, data=place).end().done()
    os.mkdir(os.path.join(folder, "csv"))
    write(b"7,0,0\n", folder, "csv", "mnist_train.csv")
    train(folder, data="csv").end().refused(65, "mnist_train.csv", "line 1 has 3 values")
    train(folder, data="nowhere/").end().refused(66, "no such file or folder")
    train(folder, data="builtin").end().refused(66, "did you mean built-in?")


@case
def packed_or_not_is_told_by_content(folder):
    for ending, pack in (("", True), (".gz", False)):
        place = os.path.join(folder, f"d{ending}")
        os.mkdir(place)
        for name in names(bars):
            data = content(bars, name)
            write(gzip.compress(data) if pack else data, place, name + ending)
        # Archives are also unpacked into folders of their files' names.
        os.mkdir(os.path.join(place, "train-images.idx3-ubyte"))
        train(folder, "--output", "x" + ending, data=place).end().done()
    check(content(folder, "x") == content(folder, "x.gz"), "other bytes")


@case
def messages_about_checkpoints(folder):
    old = bytearray(interrupted(folder))
    old[4:8] = struct.pack("<I", 7)
    path = write(bytes(old), folder, "digits.flash.checkpoint")
    more = ["--checkpoint-every", "1"]
    train(folder, *more, "--resume").end().refused(65, "another version", "remove it")
    train(folder, *more).end().refused(73, "remove it or name another")
    os.remove(path)
    train(folder, *more).end().done()
    train(folder, "--output", "nonexist/").end().refused(73, "names a folder, and there is none")


@case
def any_case_and_near_names(folder):
    train(folder, "--device", "STM32F401CC", "--activation", "RELU", "--optimizer", "AdamW",
          "--deskew", "On").end().done()
    infer(folder, "--device", "RP2040", "digit.pgm").end().done()
    for wrong, near in (("f401", "stm32f401cc"), ("STM32F401C", "stm32f401cc"), ("RP204", "rp2040")):
        train(folder, "--device", wrong).end().refused(64, f"did you mean {near}?")
    train(folder, "--HIDDEN", "16").end().refused(64, "did you mean --hidden?")
    train(folder, "--activation", "Leaky_ReLU").end().refused(64, "did you mean leaky-relu?")


@case
def controls_in_names(folder):
    wild = "a\x7f\u0085\u202e\u2066\u200f\u2028\U000e0041\x1b[2J\nb.pgm"
    shutil.copy(sample, os.path.join(folder, wild))
    run = infer(folder, "--json", wild).end().done()
    check(json.loads(run.output)["results"][0]["image"] == wild, run.output)
    spelled = "a\\u007f\\u0085\\u202e\\u2066\\u200f\\u2028\\udb40\\udc41\\u001b[2J\\nb.pgm"
    texts = [run.output, infer(folder, wild).end().done().output]
    texts.append(infer(folder, wild + "x").end().refused(66).error)
    texts.append(infer(folder, "--flash", wild, sample).end().refused(65).error)
    train(folder, "--sample", wild + "y").end().done()
    for text in texts:
        check(spelled in text.decode(), text)
        unclean = [c for c in text.decode() if re.match("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-"
                                                        "\u202e\u2066-\u2069\U000e0000-\U000e0fff]", c)]
        check(not unclean, unclean)
