"""One epoch at a time of the same 784-H-10 network, batch 64, plain SGD, in one of the peers; Int8 in others.

usage: peers.py numpy|torch|torch_manual|jax|mlx|sklearn HIDDEN THREADS EPOCHS
       peers.py onnxruntime|litert BATCH THREADS
Prints one number: samples (images) a second of processor time; and by the wall."""

import os
import sys
import time

which, size, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
epochs = int(sys.argv[4]) if len(sys.argv) > 4 else 1
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(threads)
if which == "jax":
    # XLA makes as many threads as it may run on processors.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])
    os.environ["JAX_PLATFORMS"] = "cpu"
import gzip

import numpy as np

BATCH, RATE = 64, 0.2


def read(name, offset):
    for ending, opener in (("", open), (".gz", gzip.open)):
        path = os.path.join(os.environ["MNIST_DIR"], name + ending)
        if os.path.exists(path):
            with opener(path, "rb") as file:
                return np.frombuffer(file.read(), np.uint8)[offset:]
    raise SystemExit(f"no {name} in {os.environ['MNIST_DIR']}")


def training():
    x = read("train-images-idx3-ubyte", 16).reshape(-1, 784).astype(np.float32) / np.float32(255)
    return x, read("train-labels-idx1-ubyte", 8).astype(np.int64)


def clocked(epoch, count):
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(epochs):
        epoch()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(count * epochs / cpu, count * epochs / wall)


def use_numpy():
    x_all, y_all = training()
    rng, f = np.random.default_rng(0), np.float32
    w1 = rng.uniform(-1, 1, (784, size)).astype(f) * f((6 / 784) ** 0.5)
    w2 = rng.uniform(-1, 1, (size, 10)).astype(f) * f((6 / size) ** 0.5)
    b1, b2 = np.zeros(size, f), np.zeros(10, f)

    def epoch():
        order = rng.permutation(len(x_all))
        for i in range(0, len(x_all), BATCH):
            part = order[i : i + BATCH]
            x, y = x_all[part], y_all[part]
            h = np.maximum(x @ w1 + b1, 0)
            z = h @ w2 + b2
            z -= z.max(1, keepdims=True)
            d = np.exp(z)
            d /= d.sum(1, keepdims=True)
            d[np.arange(len(part)), y] -= 1
            d /= f(len(part))
            dh = d @ w2.T
            dh *= h > 0
            for q, g in ((w1, x.T @ dh), (b1, dh.sum(0)), (w2, h.T @ d), (b2, d.sum(0))):
                g *= f(RATE)
                q -= g

    clocked(epoch, len(x_all))


def use_torch(manual):
    import torch
    import torch.nn.functional as F

    torch.set_flush_denormal(True)
    torch.set_num_threads(threads)
    x_all, y_all = (torch.from_numpy(a) for a in training())
    net = torch.nn.Sequential(torch.nn.Linear(784, size), torch.nn.ReLU(), torch.nn.Linear(size, 10))
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, fused=True)
    w1, w2 = net[0].weight.data.t().contiguous(), net[2].weight.data.t().contiguous()
    b1, b2 = net[0].bias.data, net[2].bias.data

    def eager():
        order = torch.randperm(len(x_all))
        for i in range(0, len(x_all), BATCH):
            part = order[i : i + BATCH]
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(net(x_all[part]), y_all[part]).backward()
            optimizer.step()

    def by_hand():
        order = torch.randperm(len(x_all))
        for i in range(0, len(x_all), BATCH):
            part = order[i : i + BATCH]
            x, y, n = x_all[part], y_all[part], len(part)
            h = torch.addmm(b1, x, w1).relu_()
            p = torch.addmm(b2, h, w2).softmax(1)
            p[torch.arange(n), y] -= 1
            p /= n
            dh = p @ w2.t()
            dh *= h > 0
            w1.addmm_(x.t(), dh, alpha=-RATE)
            b1.add_(dh.sum(0), alpha=-RATE)
            w2.addmm_(h.t(), p, alpha=-RATE)
            b2.add_(p.sum(0), alpha=-RATE)

    with torch.inference_mode(manual):
        clocked(by_hand if manual else eager, len(x_all))


def use_jax():
    """A whole epoch is one compiled scan over batches; compiling it is not counted."""
    import jax
    import jax.numpy as jnp

    x_all, y_all = map(jnp.asarray, training())
    y_all = y_all.astype(jnp.int32)
    whole = len(x_all) // BATCH * BATCH

    def loss(parameters, x, y):
        w1, b1, w2, b2 = parameters
        logits = jax.nn.log_softmax(jax.nn.relu(x @ w1 + b1) @ w2 + b2)
        return -(logits * jax.nn.one_hot(y, 10)).sum(1).mean()

    def run(parameters, key, x_all, y_all):
        order = jax.random.permutation(key, len(x_all))

        def step(parameters, part):
            gradient = jax.grad(loss)(parameters, x_all[part], y_all[part])
            return jax.tree.map(lambda p, g: p - RATE * g, parameters, gradient), None

        parameters, _ = jax.lax.scan(step, parameters, order[:whole].reshape(-1, BATCH))
        return step(parameters, order[whole:])[0] if whole < len(x_all) else parameters

    run = jax.jit(run, donate_argnums=0)
    keys = iter(jax.random.split(jax.random.key(0), epochs + 3))

    def uniform(*shape):
        return jax.random.uniform(next(keys), shape, minval=-1, maxval=1) * (6 / shape[0]) ** 0.5

    parameters = uniform(784, size), jnp.zeros(size), uniform(size, 10), jnp.zeros(10)

    run = run.lower(parameters, next(keys), x_all, y_all).compile()

    def epoch():
        nonlocal parameters
        parameters = jax.block_until_ready(run(parameters, next(keys), x_all, y_all))

    clocked(epoch, len(x_all))


def use_mlx():
    """A compiled step, on the processor rather than a GPU; compiling it is not counted."""
    import mlx.core as mx
    import mlx.nn as nn

    mx.set_default_device(mx.cpu)
    x_all, y_all = map(mx.array, training())
    parameters = [
        mx.random.uniform(-1, 1, (784, size)) * (6 / 784) ** 0.5, mx.zeros(size),
        mx.random.uniform(-1, 1, (size, 10)) * (6 / size) ** 0.5, mx.zeros(10)]

    def loss(w1, b1, w2, b2, x, y):
        return nn.losses.cross_entropy(nn.relu(x @ w1 + b1) @ w2 + b2, y, reduction="mean")

    gradients = mx.grad(loss, argnums=(0, 1, 2, 3))

    def step(parameters, x, y):
        return [p - RATE * g for p, g in zip(parameters, gradients(*parameters, x, y))]

    step = mx.compile(step)

    def epoch():
        nonlocal parameters
        order = mx.random.permutation(len(x_all))
        for i in range(0, len(x_all), BATCH):
            part = order[i : i + BATCH]
            parameters = step(parameters, x_all[part], y_all[part])
            mx.eval(parameters)

    mx.eval(step(parameters, x_all[:BATCH], y_all[:BATCH]))
    clocked(epoch, len(x_all))


def use_sklearn():
    import warnings

    from sklearn.neural_network import MLPClassifier

    warnings.filterwarnings("ignore")
    x, y = training()
    net = MLPClassifier(
        (size,), solver="sgd", batch_size=BATCH, learning_rate_init=RATE, momentum=0, alpha=0,
        nesterovs_momentum=False, max_iter=1)
    clocked(lambda: net.fit(x, y), len(x))


def images():
    return read("t10k-images-idx3-ubyte", 16).reshape(-1, 784)


def run_images(run, data):
    count = len(data) // size * size
    best = None
    for _ in range(3):
        wall, cpu = time.perf_counter(), time.process_time()
        for i in range(0, count, size):
            run(data[i : i + size])
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        best = min(best or (cpu, wall), (cpu, wall))
    print(count / best[0], count / best[1])


def use_onnxruntime():
    import onnx
    import onnxruntime as ort
    from onnx import TensorProto as T
    from onnx import helper, numpy_helper

    weights = np.random.default_rng(0).integers(-127, 128, (784, 128)).astype(np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])], "layer",
        [helper.make_tensor_value_info("x", T.UINT8, ["n", 784])],
        [helper.make_tensor_value_info("y", T.INT32, ["n", 128])],
        [numpy_helper.from_array(weights, "w")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 9
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    run_images(lambda x: session.run(None, {"x": x}), images())


def litert_model():
    """A quantized 784-128-10 network as a flat buffer: Int8 weights, biases of zero."""
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    rng = np.random.default_rng(0)
    buffers, tensors = [schema.BufferT()], []

    def tensor(name, shape, kind, scale, data=None):
        quantization = schema.QuantizationParametersT()
        quantization.scale, quantization.zeroPoint = [scale], [0]
        result = schema.TensorT()
        result.name, result.shape, result.type = name, shape, kind
        result.quantization, result.buffer = quantization, 0
        if data is not None:
            result.buffer = len(buffers)
            buffers.append(schema.BufferT())
            buffers[-1].data = np.frombuffer(data.tobytes(), np.uint8)
        tensors.append(result)
        return len(tensors) - 1

    def layer(x, scale, inputs, outputs, activation):
        int8, int32 = schema.TensorType.INT8, schema.TensorType.INT32
        weights = rng.integers(-127, 128, (outputs, inputs)).astype(np.int8)
        w = tensor(f"w{outputs}", [outputs, inputs], int8, 0.001, weights)
        b = tensor(f"b{outputs}", [outputs], int32, scale * 0.001, np.zeros(outputs, np.int32))
        y = tensor(f"y{outputs}", [size, outputs], int8, 0.1)
        operator = schema.OperatorT()
        operator.opcodeIndex, operator.inputs, operator.outputs = 0, [x, w, b], [y]
        operator.builtinOptionsType = schema.BuiltinOptions.FullyConnectedOptions
        operator.builtinOptions = schema.FullyConnectedOptionsT()
        operator.builtinOptions.fusedActivationFunction = activation
        return operator, y

    x = tensor("x", [size, 784], schema.TensorType.INT8, 1 / 255)
    first, hidden = layer(x, 1 / 255, 784, 128, schema.ActivationFunctionType.RELU)
    second, logits = layer(hidden, 0.1, 128, 10, schema.ActivationFunctionType.NONE)
    graph, model, code = schema.SubGraphT(), schema.ModelT(), schema.OperatorCodeT()
    graph.tensors, graph.inputs, graph.outputs = tensors, [x], [logits]
    graph.operators = [first, second]
    code.builtinCode = code.deprecatedBuiltinCode = schema.BuiltinOperator.FULLY_CONNECTED
    code.version = 4
    model.version, model.operatorCodes, model.subgraphs, model.buffers = 3, [code], [graph], buffers
    builder = flatbuffers.Builder(1 << 18)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def use_litert():
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=litert_model(), num_threads=threads)
    interpreter.allocate_tensors()
    place = interpreter.get_input_details()[0]["index"]

    def run(x):
        interpreter.set_tensor(place, x)
        interpreter.invoke()

    run_images(run, (images() >> 1).astype(np.int8))


if which == "numpy":
    use_numpy()
elif which in ("torch", "torch_manual"):
    use_torch(which == "torch_manual")
elif which == "jax":
    use_jax()
elif which == "mlx":
    use_mlx()
elif which == "sklearn":
    use_sklearn()
elif which == "litert":
    use_litert()
else:
    use_onnxruntime()
