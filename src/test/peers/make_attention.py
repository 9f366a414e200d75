"""Reference vectors of attention (all scores), bridge and a whole encoder-decoder: outputs, weights, loss and gradients by
PyTorch in float64. Recurrent layers are PyTorch's own, over packed sequences; attention is written out from its equations.

    python src/test/peers/make_attention.py src/test/resources/golden
"""
import math
import pathlib
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

torch.set_default_dtype(torch.float64)


def save(folder, name, tensors):
    tensors = {k: t.detach().contiguous().clone() for k, t in tensors.items()}
    save_file(tensors, str(pathlib.Path(folder) / f"{name}.safetensors"), {"torch": torch.__version__})


class Attention(nn.Module):
    """x [T,B,H], memory [S,B,F], lengths [B] -> [T,B,H+K] and weights [T,B,S]"""

    def __init__(self, score, hidden, width, memory):
        super().__init__()
        self.query = nn.Identity() if score == "general" else nn.Linear(hidden, width, bias=False)
        self.key = nn.Linear(memory, width, bias=False)
        self.value = nn.Linear(memory, width, bias=False)
        if score == "additive":
            self.score = nn.Module()
            self.score.weight = nn.Parameter(torch.randn(width))

    def forward(self, x, memory, lengths):
        q, k, v = self.query(x), self.key(memory), self.value(memory)
        if hasattr(self, "score"):
            e = torch.tanh(q[:, :, None] + k.transpose(0, 1)[None]) @ self.score.weight
        else:
            e = torch.einsum("tbk,sbk->tbs", q, k) / math.sqrt(k.shape[2])
        hidden = torch.arange(memory.shape[0])[None] >= lengths[:, None]
        e = e.masked_fill(hidden[None], -math.inf)
        a = torch.where(hidden.all(1)[None, :, None], torch.zeros(()), e.softmax(2))
        return torch.cat([x, torch.einsum("tbs,sbk->tbk", a, v)], 2), a


def attention(folder, score, seed):
    torch.manual_seed(seed)
    T, S, B, H, M, K = 4, 6, 3, 5, 7, 5 if score == "general" else 3
    layer = Attention(score, H, K, M)
    x = torch.randn(T, B, H, requires_grad=True)
    memory = torch.randn(S, B, M, requires_grad=True)
    lengths, steps = torch.tensor([6, 1, 4]), torch.tensor([4, 4, 2])
    real = (torch.arange(T)[:, None] < steps[None])[:, :, None]
    y, a = layer(x * real, memory, lengths)
    dy = torch.randn(T, B, H + K) * real
    y.backward(dy)
    tensors = {"x": x * real, "memory": memory, "lengths": lengths, "steps": steps, "y": y * real, "weights": a * real, "dy": dy}
    tensors |= {"grad.x": x.grad, "grad.memory": memory.grad}
    for name, p in layer.named_parameters():
        tensors |= {f"attention0.{name}": p, f"grad.attention0.{name}": p.grad}
    save(folder, f"attention-{score}", tensors)


class EncoderDecoder(nn.Module):
    """Names as in model files: encoder., bridge., decoder."""

    def __init__(self, cell, score, symbols, targets, E, H, K):
        super().__init__()
        R = {"lstm": nn.LSTM, "gru": nn.GRU}[cell]
        self.encoder, self.bridge, self.decoder = nn.Module(), nn.Module(), nn.Module()
        self.encoder.embedding = nn.Embedding(symbols, E)
        self.encoder.rnn = R(E, H, 2, bidirectional=True)
        self.bridge.head = nn.Linear(2 * H, 2 * H if cell == "lstm" else H)
        self.decoder.embedding = nn.Embedding(targets, E)
        self.decoder.rnn = R(E, H)
        self.decoder.attention0 = Attention(score, H, K, 2 * H)
        self.decoder.dense0 = nn.Linear(H + K, H)
        self.decoder.head = nn.Linear(H, targets)

    def forward(self, source, lengths, inputs):
        packed = nn.utils.rnn.pack_padded_sequence(self.encoder.embedding(source), lengths, enforce_sorted=False)
        memory, _ = nn.utils.rnn.pad_packed_sequence(self.encoder.rnn(packed)[0], total_length=source.shape[0])
        state = torch.tanh(self.bridge.head(memory.sum(0) / lengths[:, None]))[None]
        h = state if state.shape[2] == self.decoder.rnn.hidden_size else tuple(s.contiguous() for s in state.chunk(2, 2))
        y, _ = self.decoder.rnn(self.decoder.embedding(inputs), h)
        y, weights = self.decoder.attention0(y, memory, lengths)
        return self.decoder.head(torch.tanh(self.decoder.dense0(y))), memory, state, weights


def encoder_decoder(folder, cell, score, seed):
    torch.manual_seed(seed)
    S, T, B, V, W = 5, 4, 3, 6, 7
    model = EncoderDecoder(cell, score, V, W, 3, 4, 4 if score == "general" else 5)
    source, lengths = torch.randint(V, (S, B)), torch.tensor([5, 1, 3])
    inputs, targets, steps = torch.randint(W, (T, B)), torch.randint(W, (T, B)), torch.tensor([2, 4, 3])
    logits, memory, state, weights = model(source, lengths, inputs)
    real = torch.arange(T)[:, None] < steps[None]
    tensors = {"source": source, "lengths": lengths, "inputs": inputs, "targets": targets, "steps": steps}
    tensors |= {"memory": memory, "state": state, "logits": logits * real[:, :, None], "weights": weights * real[:, :, None]}
    for name, smoothing in (("loss", 0.0), ("loss_smoothed", 0.1)):
        tensors[name] = F.cross_entropy(logits[real], targets[real], label_smoothing=smoothing)
    tensors["loss_smoothed"].backward()
    for name, p in model.named_parameters():
        tensors |= {name: p, "grad." + name: p.grad}
    save(folder, f"encoder-decoder-{cell}-{score}", tensors)


if __name__ == "__main__":
    for number, kind in enumerate(("dot", "additive", "general")):
        attention(sys.argv[1], kind, 1 + number)
        encoder_decoder(sys.argv[1], ("lstm", "gru", "lstm")[number], kind, 3 + number)
