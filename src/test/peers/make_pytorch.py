"""Makes the state dicts under src/test/resources/peers/pytorch with PyTorch itself, each with an input, initial
states and what PyTorch computes from them.

    pip install torch safetensors
    python3 make_pytorch.py OUT_DIR

A module has `rnn` (nn.RNN, nn.GRU or nn.LSTM), `head` (nn.Linear) and, where the name says so, `embedding`
(nn.Embedding). NAME.safetensors is its state dict; NAME.expected.safetensors holds, time-major, `tokens` [T,B] or
`values` [T,B,F], `h0` (and `c0`), `output` [T,B,V], `hn` (and `cn`) and for tokens `targets` and their mean `loss`.
"""
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

T, B, V, H, E, F, OUT = 8, 3, 7, 5, 4, 3, 2


class Model(nn.Module):
    def __init__(self, kind, layers, bidirectional, embedding, values):
        super().__init__()
        cell = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[kind]
        self.values = values
        if embedding:
            self.embedding = nn.Embedding(V, E)
        self.rnn = cell(F if values else E if embedding else V, H, layers, bidirectional=bidirectional)
        self.head = nn.Linear(H * (2 if bidirectional else 1), OUT if values else V)

    def forward(self, x, state):
        if not self.values:
            one_hot = nn.functional.one_hot(x, V).to(self.head.weight.dtype)
            x = self.embedding(x) if hasattr(self, "embedding") else one_hot
        out, state = self.rnn(x, state)
        return self.head(out), state


def make(folder, name, kind, layers, bidirectional=False, embedding=False, values=False, dtype=torch.float32):
    model = Model(kind, layers, bidirectional, embedding, values)
    for p in model.parameters():
        nn.init.normal_(p, std=0.4)
    model.to(dtype)
    stored = {k: v.clone().contiguous() for k, v in model.state_dict().items()}
    model.double()  # what the stored numbers give in exact-enough arithmetic
    shape = (layers * (2 if bidirectional else 1), B, H)
    h0, c0 = 0.5 * torch.randn(shape).double(), 0.5 * torch.randn(shape).double()
    x = torch.randn(T, B, F).double() if values else torch.randint(0, V, (T, B))
    with torch.no_grad():
        out, state = model(x, (h0, c0) if kind == "lstm" else h0)
    expected = {"values" if values else "tokens": x, "h0": h0, "output": out}
    if kind == "lstm":
        expected.update(c0=c0, hn=state[0], cn=state[1])
    else:
        expected["hn"] = state
    if not values:
        expected["targets"] = torch.randint(0, V, (T, B))
        expected["loss"] = nn.functional.cross_entropy(out.reshape(-1, V), expected["targets"].reshape(-1)).reshape(1)
    save_file(stored, folder / f"{name}.safetensors")
    save_file({k: v.contiguous() for k, v in expected.items()}, folder / f"{name}.expected.safetensors")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(11)
    for cell in ("rnn", "gru", "lstm"):
        make(target, f"{cell}-1", cell, 1)
        make(target, f"{cell}-2-embedding", cell, 2, embedding=True)
        make(target, f"{cell}-2-bidirectional", cell, 2, bidirectional=True)
        make(target, f"{cell}-3-values", cell, 3, values=True)
    make(target, "lstm-1-f64", "lstm", 1, dtype=torch.float64)
    make(target, "gru-1-f16", "gru", 1, dtype=torch.float16)
    make(target, "rnn-1-bf16", "rnn", 1, dtype=torch.bfloat16)
