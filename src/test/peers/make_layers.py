"""Reference vectors of layers without recurrence: outputs, parameters and gradients by PyTorch in float64, from its own
modules where it has them (LayerNorm, RMSNorm, Conv1d).

    python src/test/peers/make_layers.py src/test/resources/golden
"""
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)
STEPS, BATCH, WIDTH, INNER, TAPS = 7, 3, 5, 4, 3


def normal(g, *shape, scale=1.0):
    return (scale * torch.randn(*shape, generator=g)).requires_grad_()


def linear(p, name, x):
    return x @ p[name + ".weight"].T + p[name + ".bias"]


def glu(p, x):
    """(sigmoid(gate x) * up x) down"""
    return linear(p, "dense2", torch.sigmoid(linear(p, "dense0", x)) * linear(p, "dense1", x))


def conv(p, x):
    """x [T,B,F]; PyTorch wants [B,F,T] with the past in front, and its taps the other way round."""
    past = F.pad(x.permute(1, 2, 0), (TAPS - 1, 0))
    taps = p["causal_convolution0.weight"].reshape(TAPS, 1, WIDTH).permute(2, 1, 0).flip(2)
    return F.conv1d(past, taps, p["causal_convolution0.bias"], groups=WIDTH).permute(2, 0, 1)


def make(folder, name, shapes, forward, seed):
    g = torch.Generator().manual_seed(seed)
    p = {n: normal(g, *shape, scale=0.7) for n, shape in shapes.items()}
    x, dy = normal(g, STEPS, BATCH, WIDTH), torch.randn(STEPS, BATCH, WIDTH, generator=g)
    y = forward(p, x)
    y.backward(dy)
    tensors = {"x": x.detach(), "grad.x": x.grad, "y": y.detach(), "dy": dy}
    tensors |= {n: t.detach() for n, t in p.items()} | {"grad." + n: t.grad for n, t in p.items()}
    tensors = {k: t.contiguous().clone() for k, t in tensors.items()}
    save_file(tensors, str(pathlib.Path(folder) / f"layer-{name}.safetensors"), {"torch": torch.__version__})


if __name__ == "__main__":
    norm = {"normalization0.weight": (WIDTH,), "normalization0.bias": (WIDTH,)}
    make(sys.argv[1], "layer_norm", norm, lambda p, x: F.layer_norm(x, (WIDTH,), p["normalization0.weight"], p["normalization0.bias"]), 1)
    rms = {"normalization0.weight": (WIDTH,)}
    make(sys.argv[1], "rms_norm", rms, lambda p, x: F.rms_norm(x, (WIDTH,), p["normalization0.weight"], 1e-5), 2)
    taps = {"causal_convolution0.weight": (TAPS * WIDTH,), "causal_convolution0.bias": (WIDTH,)}
    make(sys.argv[1], "causal_convolution", taps, conv, 3)
    gated = {"dense0.weight": (INNER, WIDTH), "dense0.bias": (INNER,), "dense1.weight": (INNER, WIDTH), "dense1.bias": (INNER,)}
    gated |= {"dense2.weight": (WIDTH, INNER), "dense2.bias": (WIDTH,)}
    make(sys.argv[1], "gated_feed_forward", gated, glu, 4)
    make(sys.argv[1], "residual", norm | gated, lambda p, x: x + glu(p, F.layer_norm(x, (WIDTH,), p["normalization0.weight"], p["normalization0.bias"])), 5)
