"""Makes src/test/resources/peers/keras2: models as Keras 2 stored them, and what they compute, by numpy in float64.

Keras 2 installs beside no current TensorFlow, so its layouts are written by h5py as its sources lay them down:
attributes layer_names and weight_names, the architecture in model_config or beside the weights.

    python3 src/test/peers/make_keras2.py
"""
import json
import pathlib

import h5py
import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources" / "peers" / "keras2"
random = np.random.default_rng(7)
X = random.normal(size=(2, 5, 3))
TOKENS = random.integers(1, 7, size=(2, 5))


def draw(*shape):
    return (random.normal(size=shape) * 0.7).astype("f4")


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def hard2(a):
    return np.clip(0.2 * a + 0.5, 0, 1)


def hard3(a):
    return np.clip(a / 6 + 0.5, 0, 1)


def rnn(x, w, f=np.tanh):
    h, out = np.zeros((len(x), w[1].shape[0])), []
    for t in range(x.shape[1]):
        h = f(x[:, t] @ w[0] + h @ w[1] + w[2])
        out.append(h)
    return np.stack(out, 1)


def lstm(x, w, gate):
    units = w[1].shape[0]
    h, c, out = np.zeros((len(x), units)), np.zeros((len(x), units)), []
    for t in range(x.shape[1]):
        i, f, g, o = np.split(x[:, t] @ w[0] + h @ w[1] + w[2], 4, axis=1)
        c = gate(f) * c + gate(i) * np.tanh(g)
        h = gate(o) * np.tanh(c)
        out.append(h)
    return np.stack(out, 1)


def gru(x, w, gate):
    h, out = np.zeros((len(x), w[1].shape[0])), []
    for t in range(x.shape[1]):
        xz, xr, xn = np.split(x[:, t] @ w[0] + w[2][0], 3, axis=1)
        hz, hr, hn = np.split(h @ w[1] + w[2][1], 3, axis=1)
        z, n = gate(xz + hz), np.tanh(xn + gate(xr + hr) * hn)
        h = z * h + (1 - z) * n
        out.append(h)
    return np.stack(out, 1)


def recurrent(kind, name, width, units, sequences, **more):
    n = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}[kind]
    bias = (2, n * units) if kind == "GRU" else (n * units,)
    config = {"name": name, "units": units, "activation": "tanh", "use_bias": True, "return_sequences": sequences,
              "return_state": False, "go_backwards": False, "stateful": False, "dropout": 0.0, **more}
    weights = {"kernel": draw(width, n * units), "recurrent_kernel": draw(units, n * units), "bias": draw(*bias)}
    return {"class_name": kind, "config": config}, weights


def dense(name, width, units, activation="linear"):
    config = {"name": name, "units": units, "activation": activation, "use_bias": True}
    return {"class_name": "Dense", "config": config}, {"kernel": draw(width, units), "bias": draw(units)}


def write_weights(group, layers, names=None):
    names = names or [entry["config"]["name"] for entry, _ in layers]
    for name, (_, weights) in zip(names, layers):
        g = group.create_group(name)
        g.attrs["weight_names"] = np.array([f"{name}/{k}:0".encode() for k in weights])
        for k, v in weights.items():
            g.create_dataset(f"{name}/{k}:0", data=v)
    group.attrs["layer_names"] = np.array([n.encode() for n in names])
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.1.3"


def store(name, config, layers, y, tokens=False, version="2.1.3"):
    with h5py.File(OUT / f"{name}.h5", "w") as f:
        f.attrs["model_config"] = json.dumps(config).encode()
        f.attrs["keras_version"] = version.encode()
        write_weights(f.create_group("model_weights"), layers)
    record(name, y, tokens)


def record(name, y, tokens=False):
    (OUT / f"{name}.json").write_text(json.dumps(
        {"x": (TOKENS if tokens else X).tolist(), "y": y.tolist()}))


def first(layer, shape):
    layer[0]["config"]["batch_input_shape"] = shape
    return layer


def sequential(layers, as_list=True):
    entries = [entry for entry, _ in layers]
    return {"class_name": "Sequential", "config": entries if as_list else {"name": "s", "layers": entries}}


def values(layer):
    return list(layer[1].values())


OUT.mkdir(exist_ok=True)
shape = [None, 5, 3]

# The list of layers up to 2.2.2, the input's shape at the first layer; hard_sigmoid was the default.
for kind, run in (("LSTM", lstm), ("GRU", gru)):
    for version, gate in (("2.1.3", hard2), ("3.1.0", hard3)):
        more = {"reset_after": True} if kind == "GRU" else {}
        layers = [first(recurrent(kind, "r1", 3, 4, True, recurrent_activation="hard_sigmoid", **more), shape),
                  recurrent(kind, "r2", 4, 3, False, recurrent_activation="sigmoid", **more),
                  dense("d1", 3, 2)]
        for weights in values(layers[0])[:2]:
            weights *= 3  # far enough to reach the corners
        h = run(run(X, values(layers[0]), gate), values(layers[1]), sigmoid)[:, -1]
        store(f"{kind.lower()}-hard-{version[0]}", sequential(layers, version[0] == "2"), layers,
              h @ layers[2][1]["kernel"] + layers[2][1]["bias"], version=version)

# relu, and the shape inside a wrapper.
layers = [first(recurrent("SimpleRNN", "r1", 3, 4, False), shape), dense("d1", 4, 2)]
layers[0][0]["config"]["activation"] = "relu"
h = rnn(X, values(layers[0]), lambda a: np.maximum(a, 0))[:, -1]
store("rnn-relu", sequential(layers), layers, h @ layers[1][1]["kernel"] + layers[1][1]["bias"])

forward, backward = recurrent("SimpleRNN", "r1", 3, 4, True), recurrent("SimpleRNN", "r1", 3, 4, True)
first(forward, shape)
wrapper = ({"class_name": "Bidirectional", "config": {"name": "b", "merge_mode": "sum", "layer": forward[0]}},
           {f"forward_{k}": v for k, v in forward[1].items()} | {f"backward_{k}": v for k, v in backward[1].items()})
layers = [wrapper, dense("d1", 4, 2)]
both = rnn(X, values(forward)) + rnn(X[:, ::-1], values(backward))[:, ::-1]
store("bidirectional", sequential(layers), layers, both @ layers[1][1]["kernel"] + layers[1][1]["bias"])

# Tokens, and no shape at all but the embedding's.
table = draw(7, 3)
embedding = ({"class_name": "Embedding", "config": {"name": "e", "input_dim": 7, "output_dim": 3, "input_length": None,
                                                    "mask_zero": False}}, {"embeddings": table})
layers = [embedding, recurrent("SimpleRNN", "r1", 3, 4, True), dense("d1", 4, 7, "softmax")]
logits = rnn(table[TOKENS], values(layers[1])) @ layers[2][1]["kernel"] + layers[2][1]["bias"]
store("embedding", sequential(layers), layers, logits, tokens=True)

# Weights alone, in the layers' order where their names are another session's; a layer without weights between.
layers = [first(recurrent("SimpleRNN", "simple_rnn_1", 3, 6, True), shape), dense("dense_1", 6, 6),
          dense("dense_2", 6, 2)]
drop = ({"class_name": "Dropout", "config": {"name": "dropout_1", "rate": 0.1}}, {})
chain = [layers[0], drop, *layers[1:]]
y = rnn(X, values(layers[0])) @ layers[1][1]["kernel"] + layers[1][1]["bias"]
y = y @ layers[2][1]["kernel"] + layers[2][1]["bias"]
with h5py.File(OUT / "weights.h5", "w") as f:
    write_weights(f, chain)
with h5py.File(OUT / "weights-renamed.h5", "w") as f:
    write_weights(f, chain, ["simple_rnn_7", "dropout_9", "dense_12", "dense_13"])
(OUT / "weights.config.json").write_text(json.dumps(sequential(chain)))
record("weights", y)

# A functional model: the carry or the hidden state of return_state, read on; a second output.
for name, index, sequences in (("state-h", 1, True), ("state-c", 2, False)):
    layers = [recurrent("LSTM", "r1", 3, 4, sequences, recurrent_activation="sigmoid"), dense("d1", 4, 2)]
    layers[0][0]["config"]["return_state"] = True
    entries = [{"class_name": "InputLayer", "name": "i", "config": {"name": "i", "batch_input_shape": shape},
                "inbound_nodes": []},
               {**layers[0][0], "name": "r1", "inbound_nodes": [[["i", 0, 0, {}]]]},
               {**layers[1][0], "name": "d1", "inbound_nodes": [[["r1", 0, index, {}]]]}]
    for outputs, suffix in (([["d1", 0, 0]], ""), ([["d1", 0, 0], ["r1", 0, 0]], "-two")):
        config = {"class_name": "Model", "config": {"name": "m", "layers": entries, "input_layers": [["i", 0, 0]],
                                                    "output_layers": outputs}}
        h = lstm(X, values(layers[0]), sigmoid)[:, -1]
        store(name + suffix, config, layers, h @ layers[1][1]["kernel"] + layers[1][1]["bias"])

# A text generator: one-hot windows of five in, the softmax of what comes next out.
layers = [first(recurrent("LSTM", "r1", 7, 4, False, recurrent_activation="hard_sigmoid"), [None, 5, 7]),
          dense("d1", 4, 7, "softmax")]
h = lstm(np.eye(7)[TOKENS], values(layers[0]), hard2)[:, -1]
store("generator", sequential(layers), layers, h @ layers[1][1]["kernel"] + layers[1][1]["bias"], tokens=True)
