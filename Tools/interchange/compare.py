"""What other engines make of an exported network, against the exported C: `Tools/check-interchange` runs it.

usage: compare.py MODEL.tflite DUMP INPUTS HIDDEN CLASSES

DUMP has, for each digit, what the network sees, the hidden activations and the logits, as dump.c writes them.
"""
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType
import flatbuffers
from tflite_micro.python.tflite_micro import runtime

path, dump, inputs, hidden, classes = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
record = numpy.dtype([("x", "u1", inputs), ("h", "u1", hidden), ("y", "<i4", classes)])
digits = numpy.fromfile(dump, record)


def watched(content):
    """The model with its hidden activations as a second output."""
    model = schema.ModelT.InitFromPackedBuf(content, 0)
    graph = model.subgraphs[0]
    names = [tensor.name.decode() for tensor in graph.tensors]
    graph.outputs = [graph.outputs[0], names.index("hidden/activations")]
    builder = flatbuffers.Builder(len(content) + 65536)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def litert(content, resolver):
    engine = Interpreter(
        model_content=content, experimental_op_resolver_type=resolver, num_threads=1)
    engine.allocate_tensors()
    first = engine.get_input_details()[0]["index"]
    outputs = [detail["index"] for detail in engine.get_output_details()]
    for x in digits["x"]:
        engine.set_tensor(first, x[None])
        engine.invoke()
        yield [engine.get_tensor(output)[0].copy() for output in outputs]


def micro(content):
    engine = runtime.Interpreter.from_bytes(content)
    for x in digits["x"]:
        engine.set_input(x[None], 0)
        engine.invoke()
        yield [engine.get_output(0)[0].copy(), engine.get_output(1)[0].copy()]


content = watched(open(path, "rb").read())
engines = [
    ("TensorFlow Lite Micro", True, lambda: micro(content)),
    ("LiteRT, no delegates", True,
     lambda: litert(content, OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)),
    ("LiteRT, XNNPACK", False, lambda: litert(content, OpResolverType.AUTO)),
]
print(f"{'engine':24}{'hidden':>12}{'logits':>12}{'answers':>12}   of {len(digits)} digits")
failed = False
for name, exact, run in engines:
    results = list(run())
    y = numpy.array([result[0] for result in results], numpy.float64)
    h = numpy.array([result[1] for result in results], numpy.int64) + 128
    counts = [(h != digits["h"]).sum(), (y != digits["y"]).sum(),
              (y.argmax(1) != digits["y"].argmax(1)).sum()]
    print(f"{name:24}" + "".join(f"{count:12}" for count in counts), flush=True)
    failed |= bool(counts[2] or exact and sum(counts))
sys.exit(1 if failed else 0)
