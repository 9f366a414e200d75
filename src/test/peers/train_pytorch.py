"""Trains a small character model with PyTorch and leaves what `namaskar import pytorch` reads, with the loss to compare.

    pip install torch safetensors
    python3 train_pytorch.py CORPUS OUT_DIR --cell lstm
    namaskar import pytorch OUT_DIR/state.safetensors --cell lstm --vocabulary OUT_DIR/vocab.json --out M
    namaskar evaluate text CORPUS --model M --split val --json      # nats_per_char is PyTorch's val_nats

The vocabulary is every code point of the corpus, sorted; the last tenth is held out and read as one stream from a zero
state, every character but the first foreseen.
"""
import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn


class Model(nn.Module):
    def __init__(self, cell, symbols, embedding, hidden, layers):
        super().__init__()
        kind = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[cell]
        self.symbols = symbols
        if embedding:
            self.embedding = nn.Embedding(symbols, embedding)
        self.rnn = kind(embedding or symbols, hidden, layers)
        self.head = nn.Linear(hidden, symbols)

    def forward(self, tokens, state=None):
        one_hot = lambda: nn.functional.one_hot(tokens, self.symbols).to(self.head.weight.dtype)
        x = self.embedding(tokens) if hasattr(self, "embedding") else one_hot()
        out, state = self.rnn(x, state)
        return self.head(out), state


def validate(model, text):
    total, state = 0.0, None
    with torch.no_grad():
        for at in range(0, len(text) - 1, 4096):
            x, y = text[at : at + 4096], text[at + 1 : at + 4097]
            logits, state = model(x[: len(y), None], state)
            total += nn.functional.cross_entropy(logits[:, 0], y, reduction="sum").item()
    return total / (len(text) - 1)


if __name__ == "__main__":
    p = argparse.ArgumentParser()
    p.add_argument("corpus")
    p.add_argument("out", type=Path)
    p.add_argument("--cell", default="lstm", choices=("rnn", "gru", "lstm"))
    for name, default in (("hidden", 64), ("layers", 1), ("embedding", 0), ("steps", 150), ("batch", 32), ("seq-len", 32)):
        p.add_argument("--" + name, type=int, default=default)
    a = p.parse_args()
    torch.manual_seed(1)
    text = Path(a.corpus).read_text(encoding="utf-8")
    symbols = sorted(set(text))
    index = {c: i for i, c in enumerate(symbols)}
    data = torch.tensor([index[c] for c in text])
    cut = int(len(data) * 0.9)
    train, held_out = data[:cut], data[cut:]
    model = Model(a.cell, len(symbols), a.embedding, a.hidden, a.layers)
    optimizer = torch.optim.Adam(model.parameters(), 5e-3)
    for step in range(a.steps):
        starts = torch.randint(0, len(train) - a.seq_len - 1, (a.batch,))
        rows = torch.stack([train[s : s + a.seq_len + 1] for s in starts.tolist()], 1)
        logits, _ = model(rows[:-1])
        loss = nn.functional.cross_entropy(logits.reshape(-1, len(symbols)), rows[1:].reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
    a.out.mkdir(parents=True, exist_ok=True)
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, a.out / "state.safetensors")
    (a.out / "vocab.json").write_text(json.dumps(symbols), encoding="utf-8")
    print(json.dumps({"train_nats": loss.item(), "val_nats": validate(model.double(), held_out)}))
