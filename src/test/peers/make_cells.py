"""Reference vectors of the cells without hidden products and of the sLSTM: outputs, last states, loss and every gradient, by PyTorch's
automatic differentiation in float64, from the equations of their papers. Written in the form of cell-*.safetensors.

    python src/test/peers/make_cells.py src/test/resources/golden
"""
import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)
STEPS, BATCH, INPUT, CLASSES = 8, 3, 5, 6
GATES = {"mingru": 2, "minlstm": 3, "sru": 4, "rglru": 3, "slstm": 4}
VECTORS = {"mingru": 0, "minlstm": 0, "sru": 2, "rglru": 1, "slstm": 0}
CARRY = {"sru": ["c"], "slstm": ["c", "n", "m"]}  # what is carried beside h
HIDDEN = {"slstm"}  # whose gates see h through weights


def step(kind, a, v, h, c):
    """One step: gate pre-activations a (list of [B,H]), own vectors v (list of [H]), states h and c (list of what is
    carried beside h); returns the next states."""
    s = torch.sigmoid
    if kind == "mingru":
        z = s(a[0])
        return (1 - z) * h + z * a[1], c
    if kind == "minlstm":
        f, i = s(a[0]), s(a[1])
        return f / (f + i) * h + i / (f + i) * a[2], c
    if kind == "sru":
        f, r = s(a[1] + v[0] * c[0]), s(a[2] + v[1] * c[0])
        new = f * c[0] + (1 - f) * a[0]
        return r * new + (1 - r) * a[3], [new]
    if kind == "slstm":
        old_c, old_n, old_m = c
        forget = F.logsigmoid(a[1])
        m = torch.maximum(a[0], forget + old_m)
        i, f = torch.exp(a[0] - m), torch.exp(forget + old_m - m)
        new_c, new_n = f * old_c + i * torch.tanh(a[2]), f * old_n + i
        return s(a[3]) * new_c / new_n, [new_c, new_n, m]
    if kind == "rglru":
        r, i = s(a[0]), s(a[1])
        decay = torch.exp(-8 * F.softplus(v[0]) * r)
        return decay * h + torch.sqrt(1 - decay**2) * i * a[2], c
    raise ValueError(kind)


def run(kind, p, x, h0, c0, layers, hidden, lengths):
    """All layers over all steps; a row's state stays as it is after its length, and its output is zero there."""
    ends_h, ends_c = [], [[] for _ in c0]
    for layer in range(layers):
        w, b = p[f"weight_ih_l{layer}"], p[f"bias_ih_l{layer}"]
        v = p[f"vectors_l{layer}"].reshape(-1, hidden) if VECTORS[kind] else []
        h, c, out = h0[layer], [part[layer] for part in c0], []
        for t in range(STEPS):
            a = x[t] @ w.T + b
            if kind in HIDDEN:
                a = a + h @ p[f"weight_hh_l{layer}"].T + p[f"bias_hh_l{layer}"]
            a = a.split(hidden, dim=1)
            next_h, next_c = step(kind, a, v, h, c)
            real = (t < lengths).unsqueeze(1)
            h, c = torch.where(real, next_h, h), [torch.where(real, new, old) for new, old in zip(next_c, c)]
            out.append(torch.where(real, next_h, torch.zeros(())))
        x = torch.stack(out)
        ends_h.append(h)
        for ends, end in zip(ends_c, c):
            ends.append(end)
    return x, torch.stack(ends_h), [torch.stack(ends) for ends in ends_c]


def make(folder, kind, layers, hidden, ragged, seed):
    g = torch.Generator().manual_seed(seed)

    def normal(*shape, scale=1.0):
        return (scale * torch.randn(*shape, generator=g)).requires_grad_()

    p = {}
    for layer in range(layers):
        width = INPUT if layer == 0 else hidden
        p[f"weight_ih_l{layer}"] = normal(GATES[kind] * hidden, width, scale=0.6)
        p[f"bias_ih_l{layer}"] = normal(GATES[kind] * hidden, scale=0.4)
        if kind in HIDDEN:
            p[f"weight_hh_l{layer}"] = normal(GATES[kind] * hidden, hidden, scale=0.4)
            p[f"bias_hh_l{layer}"] = normal(GATES[kind] * hidden, scale=0.4)
        if kind == "rglru":
            kept = 0.9 + 0.099 * torch.rand(hidden, generator=g)
            p[f"vectors_l{layer}"] = torch.log(torch.expm1(-torch.log(kept) / 8)).requires_grad_()
        elif VECTORS[kind]:
            p[f"vectors_l{layer}"] = normal(VECTORS[kind] * hidden, scale=0.5)
    p["head.weight"] = normal(CLASSES, hidden, scale=1 / math.sqrt(hidden))
    p["head.bias"] = normal(CLASSES, scale=0.3)
    x, h0 = normal(STEPS, BATCH, INPUT), normal(layers, BATCH, hidden, scale=0.5)
    c0 = [normal(layers, BATCH, hidden, scale=0.5) for _ in CARRY.get(kind, ["c"])]
    if kind == "slstm":
        c0[1] = c0[1].detach().abs().requires_grad_()  # a normalizer is not negative
    y = torch.randint(0, CLASSES, (STEPS, BATCH), generator=g)
    lengths = torch.tensor([STEPS, 3, 5]) if ragged else torch.full((BATCH,), STEPS)
    out, hn, cn = run(kind, p, x, h0, c0, layers, hidden, lengths)
    logits = out @ p["head.weight"].T + p["head.bias"]
    real = torch.arange(STEPS).unsqueeze(1) < lengths
    loss = F.cross_entropy(logits[real], y[real])
    loss.backward()
    tensors = {name: value.detach() for name, value in p.items()}
    tensors |= {f"grad.{name}": value.grad for name, value in p.items()}
    tensors |= {"x": x.detach(), "grad.x": x.grad, "h0": h0.detach(), "hn": hn.detach(), "out": out.detach()}
    tensors |= {"grad.h0": torch.zeros_like(h0) if h0.grad is None else h0.grad}
    for part, start, end in zip(CARRY.get(kind, []), c0, cn):
        tensors |= {f"{part}0": start.detach(), f"{part}n": end.detach(), f"grad.{part}0": start.grad}
    tensors |= {"y": y, "logits": logits.detach(), "loss": loss.detach().reshape(1)}
    if ragged:
        tensors["lengths"] = lengths
    meta = {"kind": kind, "layers": str(layers), "input": str(INPUT), "hidden": str(hidden), "classes": str(CLASSES)}
    meta |= {"bidirectional": "False", "torch": torch.__version__}
    name = f"{'masked' if ragged else 'cell'}-{kind}-{layers}x{hidden}.safetensors"
    save_file({k: t.contiguous().clone() for k, t in tensors.items()}, str(pathlib.Path(folder) / name), meta)


if __name__ == "__main__":
    for number, cell in enumerate(GATES):
        make(sys.argv[1], cell, 1, 7, False, 100 + number)
        make(sys.argv[1], cell, 2, 6, False, 200 + number)
        make(sys.argv[1], cell, 2, 6, True, 300 + number)
