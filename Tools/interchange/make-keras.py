"""Trains small networks with Keras and converts them as people do: the files that imports are tested with.

usage: make-keras.py MNIST-FOLDER OUTPUT-FOLDER [SIDE HIDDEN]

Needs tensorflow. Pictures are pooled to SIDE pixels as SIMDigit pools them; with 28 they are as they are.
"""
import gzip
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy
import tensorflow

mnist, output = sys.argv[1:3]
side, hidden = map(int, sys.argv[3:5]) if len(sys.argv) > 4 else (28, 128)


def read(name, start):
    return numpy.frombuffer(gzip.open(os.path.join(mnist, name)).read(), "u1", offset=start)


pictures = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
labels = read("train-labels-idx1-ubyte.gz", 8)
if side < 28:
    margin = 14 - side
    middle = pictures[:, margin:28 - margin, margin:28 - margin].astype("u2")
    pictures = (middle.reshape(-1, side, 2, side, 2).sum((2, 4)) + 2) // 4
real = pictures.astype("f4") / 255
layers = tensorflow.keras.layers
tensorflow.keras.utils.set_random_seed(1)
network = tensorflow.keras.Sequential([
    tensorflow.keras.Input((side, side)), layers.Flatten(),
    layers.Dense(hidden, activation="relu"), layers.Dense(10)])
loss = tensorflow.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
network.compile("adam", loss, metrics=["accuracy"])
network.fit(real, labels, epochs=4, batch_size=128, verbose=2)
answering = tensorflow.keras.Sequential([network, layers.Softmax()])


def save(name, model, **settings):
    converter = tensorflow.lite.TFLiteConverter.from_keras_model(model)
    if settings:
        converter.optimizations = [tensorflow.lite.Optimize.DEFAULT]
    for key, value in settings.items():
        if key == "types":
            converter.target_spec.supported_types = value
        elif key == "ends":
            # The first pictures, and one that reaches both ends of the range.
            full = numpy.arange(side * side, dtype="f4").reshape(1, side, side) / (side * side - 1)
            examples = [full] + [real[i:i + 1] for i in range(500)]
            converter.representative_dataset = lambda: ([example] for example in examples)
            converter.target_spec.supported_ops = [tensorflow.lite.OpsSet.TFLITE_BUILTINS_INT8]
            converter.inference_input_type = converter.inference_output_type = value
        else:
            setattr(converter, key, value)
    with open(os.path.join(output, name + ".tflite"), "wb") as file:
        file.write(converter.convert())


numpy.savez(os.path.join(output, "keras.npz"), *network.get_weights())
save("float", network)
save("half", network, types=[tensorflow.float16])
save("int8", network, ends=tensorflow.int8)
save("uint8", network, ends=tensorflow.uint8)
save("float-ends", network, ends=tensorflow.float32)
save("softmax", answering, ends=tensorflow.int8)
save("per-tensor", network, ends=tensorflow.int8,
     _experimental_disable_per_channel_quantization_for_dense_layers=True)
save("dynamic", network, optimizations=[tensorflow.lite.Optimize.DEFAULT])


def numbers():
    """Bytes that look random and are the same everywhere: half of them zero."""
    state = 1
    while True:
        state = (state * 1103515245 + 12345) % (1 << 31)
        value = state >> 16 & 255
        yield value if state >> 24 & 1 else 0


def expect(name, count=50):
    """Hidden activations, 0 ... 255, that the engine without delegates gives for such pictures."""
    engine = tensorflow.lite.Interpreter(
        os.path.join(output, name + ".tflite"), num_threads=1,
        experimental_op_resolver_type=(
            tensorflow.lite.experimental.OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES),
        experimental_preserve_all_tensors=True)
    engine.allocate_tensors()
    first = engine.get_input_details()[0]
    layer = next(detail["index"] for detail in engine.get_tensor_details()
                 if list(detail["shape"]) == [1, hidden])
    stream = numbers()
    with open(os.path.join(output, name + ".hidden"), "wb") as file:
        for _ in range(count):
            x = numpy.array([next(stream) for _ in range(side * side)], "i2") - 128
            engine.set_tensor(first["index"], x.astype("i1").reshape(first["shape"]))
            engine.invoke()
            file.write((engine.get_tensor(layer).astype("i2") + 128).astype("u1").tobytes())


expect("int8")
expect("per-tensor")
