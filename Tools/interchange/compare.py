"""What other engines make of a network, against the exported C: `Tools/check-interchange` runs it.

usage: compare.py MODEL.tflite DUMP INPUTS HIDDEN CLASSES exported|imported

DUMP has, for each digit, what the network sees, the hidden activations and the logits, as dump.c writes them.
Of an imported model only the hidden layer has to be the same: its logits are rounded to Int8 in those engines.
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
is_exported = sys.argv[6] == "exported"
record = numpy.dtype([("x", "u1", inputs), ("h", "u1", hidden), ("y", "<i4", classes)])
digits = numpy.fromfile(dump, record)


def watched(content):
    """The model with its hidden activations as a second output."""
    model = schema.ModelT.InitFromPackedBuf(content, 0)
    graph = model.subgraphs[0]
    codes = [max(code.builtinCode, code.deprecatedBuiltinCode) for code in model.operatorCodes]
    layer = next(operator for operator in graph.operators
                 if codes[operator.opcodeIndex] == schema.BuiltinOperator.FULLY_CONNECTED)
    graph.outputs = [graph.outputs[0], layer.outputs[0]]
    builder = flatbuffers.Builder(len(content) + 65536)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def pixels(shape, kind):
    """The pictures as an engine takes them: bytes, or 128 less, or 0 ... 1."""
    for x in digits["x"]:
        if kind == numpy.int8:
            x = x.astype("i2") - 128
        elif kind == numpy.float32:
            x = x / numpy.float32(255)
        yield x.astype(kind).reshape(shape)


def litert(content, resolver):
    engine = Interpreter(
        model_content=content, experimental_op_resolver_type=resolver, num_threads=1)
    engine.allocate_tensors()
    first = engine.get_input_details()[0]
    outputs = [detail["index"] for detail in engine.get_output_details()]
    for x in pixels(first["shape"], first["dtype"]):
        engine.set_tensor(first["index"], x)
        engine.invoke()
        yield [engine.get_tensor(output)[0].copy() for output in outputs]


def micro(content):
    engine = runtime.Interpreter.from_bytes(content)
    first = engine.get_input_details(0)
    for x in pixels(first["shape"], first["dtype"]):
        engine.set_input(x, 0)
        engine.invoke()
        yield [engine.get_output(0)[0].copy(), engine.get_output(1)[0].copy()]


content = watched(open(path, "rb").read())
engines = [
    ("TensorFlow Lite Micro", True, lambda: micro(content)),
    ("LiteRT, no delegates", True,
     lambda: litert(content, OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)),
    ("LiteRT, XNNPACK", False, lambda: litert(content, OpResolverType.AUTO)),
]
print(f"{'engine':24}{'hidden':>12}{'logits':>12}{'answers':>12}   of {len(digits)} digits differ")
failed = False
for name, exact, run in engines:
    results = list(run())
    y = numpy.array([result[0] for result in results], numpy.float64)
    h = numpy.array([result[1] for result in results], numpy.int64) + 128
    counts = [(h != digits["h"]).sum(), (y != digits["y"]).sum(),
              (y.argmax(1) != digits["y"].argmax(1)).sum()]
    if not is_exported:
        counts[1] = "Int8"
    print(f"{name:24}" + "".join(f"{count:>12}" for count in counts), flush=True)
    if is_exported:
        failed |= bool(counts[2] or exact and sum(counts))
    else:
        failed |= bool(exact and counts[0])
sys.exit(1 if failed else 0)
