"""One training step of a character model in JAX (jit over a scan) on random characters, as `namaskar bench train` takes it.

    pip install jax && python3 step_jax.py lstm 256 1 64 64      (cell, units, layers, batch, steps)

Input products of the first layer are rows of a table, input weights of the others are hoisted out of the scan; Adam,
gradients clipped to norm 5. Prints one JSON line with the median.
"""
import json
import sys
import time

import jax
import jax.numpy as jnp

SYMBOLS = 65
cell, hidden, layers, batch, steps = sys.argv[1], *map(int, sys.argv[2:6])
GATES = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
tree = jax.tree_util.tree_map


def drawn(key, *shape):
    return jax.random.uniform(key, shape, minval=-1, maxval=1) / hidden ** 0.5


def fresh(key):
    keys = iter(jax.random.split(key, 3 * layers + 1))
    stack = []
    for layer in range(layers):
        inputs = SYMBOLS if layer == 0 else hidden
        stack.append({"x": drawn(next(keys), inputs, GATES * hidden), "h": drawn(next(keys), hidden, GATES * hidden),
                      "bx": jnp.zeros(GATES * hidden), "bh": jnp.zeros(GATES * hidden)})
    return {"stack": stack, "head": drawn(next(keys), hidden, SYMBOLS), "bias": jnp.zeros(SYMBOLS)}


def advance(layer, state, zx):
    h = state[0]
    zh = h @ layer["h"] + layer["bh"]
    if cell == "rnn":
        h = jnp.tanh(zx + zh)
        return (h,), h
    if cell == "lstm":
        i, f, g, o = jnp.split(zx + zh, 4, -1)
        c = jax.nn.sigmoid(f) * state[1] + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h
    xr, xz, xn = jnp.split(zx, 3, -1)
    hr, hz, hn = jnp.split(zh, 3, -1)
    z = jax.nn.sigmoid(xz + hz)
    n = jnp.tanh(xn + jax.nn.sigmoid(xr + hr) * hn)
    h = n + z * (h - n)
    return (h,), h


def loss(params, x, y):
    out = None
    for layer in params["stack"]:
        zx = (layer["x"][x] if out is None else out @ layer["x"]) + layer["bx"]
        zero = tuple(jnp.zeros((batch, hidden)) for _ in range(2 if cell == "lstm" else 1))
        _, out = jax.lax.scan(lambda state, z, layer=layer: advance(layer, state, z), zero, zx)
    log_p = jax.nn.log_softmax(out @ params["head"] + params["bias"])
    return -jnp.take_along_axis(log_p, y[..., None], -1).mean()


@jax.jit
def train(params, m, v, x, y):
    g = jax.grad(loss)(params, x, y)
    norm = jnp.sqrt(sum(jnp.sum(leaf * leaf) for leaf in jax.tree_util.tree_leaves(g)))
    g = tree(lambda leaf: leaf * jnp.minimum(1.0, 5.0 / norm), g)
    m = tree(lambda a, b: 0.9 * a + 0.1 * b, m, g)
    v = tree(lambda a, b: 0.999 * a + 0.001 * b * b, v, g)
    return tree(lambda p, a, b: p - 2e-3 * a / (jnp.sqrt(b) + 1e-8), params, m, v), m, v


params = fresh(jax.random.PRNGKey(1))
m = tree(jnp.zeros_like, params)
v = m
tokens = jax.random.randint(jax.random.PRNGKey(2), (steps + 1, batch), 0, SYMBOLS)
times, begun = [], time.perf_counter()
while len(times) < 15 or time.perf_counter() - begun < 8:
    start = time.perf_counter()
    params, m, v = jax.block_until_ready(train(params, m, v, tokens[:-1], tokens[1:]))
    times.append(time.perf_counter() - start)
warm = sorted(times[len(times) // 3:])
print(json.dumps({"peer": "jax " + jax.__version__, "ms_per_step": round(warm[len(warm) // 2] * 1e3, 3)}))
