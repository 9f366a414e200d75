"""Whether Mogrifier gating (Melis, Kocisky and Blunsom 2020) pays for a character model at a small budget.

    pip install torch && python3 mogrifier_pytorch.py CORPUS --cell gru --hidden 128 --steps 500 [--rounds 4]

Before each step, input and hidden state gate one another in turn: x <- 2 sigmoid(Q h) x, h <- 2 sigmoid(R x) h, as many
times as --rounds says; 0 is the plain cell. A GRU's own way around its gates keeps the h that came in (with the gated one
it grows without bound). The first 90 % of the text train, the rest validates, in 16 streams side by side. Adam behind a
warm-up of 100 along a cosine to a tenth, and an exponential mean of the weights over a twelfth of the run, as
`train text --minutes` has them.
"""

import argparse
import math
import time

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("corpus")
parser.add_argument("--cell", choices=["gru", "lstm"], default="gru")
for name, usual in (("hidden", 128), ("embedding", 64), ("rounds", 0), ("steps", 500), ("batch", 32), ("seq-len", 64), ("seed", 1)):
    parser.add_argument("--" + name, type=int, default=usual)
parser.add_argument("--lr", type=float, default=0.01)
asked = parser.parse_args()
torch.manual_seed(asked.seed)
torch.set_num_threads(1)

text = open(asked.corpus, encoding="utf-8").read()
index = {symbol: i for i, symbol in enumerate(sorted(set(text)))}
symbols = torch.tensor([index[symbol] for symbol in text])
cut = int(len(symbols) * 0.9)
H, E = asked.hidden, asked.embedding
GATES = {"gru": 3, "lstm": 4}[asked.cell]


def streams(part, rows):
    """Inputs and targets, [length, rows]."""
    length = (len(part) - 1) // rows
    return (part[: length * rows].reshape(rows, length).t().contiguous(), part[1 : length * rows + 1].reshape(rows, length).t().contiguous())


def uniform(*shape):
    return nn.Parameter(torch.empty(*shape).uniform_(-(H**-0.5), H**-0.5))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(len(index), E)
        self.input, self.hidden = uniform(GATES * H, E), uniform(GATES * H, H)
        self.input_bias, self.hidden_bias = uniform(GATES * H), uniform(GATES * H)
        self.gating = nn.ParameterList([uniform(*((E, H) if i % 2 == 0 else (H, E))) for i in range(asked.rounds)])
        self.head = nn.Linear(H, len(index))

    def forward(self, tokens, h, c):
        vectors = self.embedding(tokens)
        hoisted = None if asked.rounds else vectors @ self.input.t() + self.input_bias
        outputs = []
        for t in range(len(tokens)):
            x, seen = vectors[t], h
            for i, weights in enumerate(self.gating):
                if i % 2 == 0:
                    x = 2 * torch.sigmoid(seen @ weights.t()) * x
                else:
                    seen = 2 * torch.sigmoid(x @ weights.t()) * seen
            a = torch.addmm(self.input_bias, x, self.input.t()) if hoisted is None else hoisted[t]
            b = torch.addmm(self.hidden_bias, seen, self.hidden.t())
            if asked.cell == "gru":
                r, z = torch.sigmoid(a[:, : 2 * H] + b[:, : 2 * H]).chunk(2, 1)
                n = torch.tanh(a[:, 2 * H :] + r * b[:, 2 * H :])
                h = n + z * (h - n)
            else:
                i, f, g, o = (a + b).chunk(4, 1)
                c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
                h = torch.sigmoid(o) * torch.tanh(c)
            outputs.append(h)
        return self.head(torch.stack(outputs)), h, c


def loss_of(logits, targets, reduction="mean"):
    return nn.functional.cross_entropy(logits.reshape(-1, len(index)), targets.reshape(-1), reduction=reduction)


model = Model()
adam = torch.optim.Adam(model.parameters(), asked.lr)
schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda k: min(1, (k + 1) / 100) * (0.1 + 0.45 * (1 + math.cos(math.pi * k / asked.steps))))
decay = 1 - 1 / max(5, asked.steps / 12)
mean = [torch.zeros_like(p) for p in model.parameters()]
inputs, targets = streams(symbols[:cut], asked.batch)
T, at, spans = asked.seq_len, 0, []
h = c = torch.zeros(asked.batch, H)
for step in range(asked.steps):
    if at + T > len(inputs):
        at, h, c = 0, torch.zeros(asked.batch, H), torch.zeros(asked.batch, H)
    begun = time.perf_counter()
    logits, h, c = model(inputs[at : at + T], h.detach(), c.detach())
    loss = loss_of(logits, targets[at : at + T])
    adam.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 5.0)
    adam.step()
    schedule.step()
    with torch.no_grad():
        for m, p in zip(mean, model.parameters()):
            m.mul_(decay).add_(p, alpha=1 - decay)
    spans.append(time.perf_counter() - begun)
    at += T

with torch.no_grad():
    for m, p in zip(mean, model.parameters()):
        p.copy_(m / (1 - decay**asked.steps))
    inputs, targets = streams(symbols[cut:], 16)
    h = c = torch.zeros(16, H)
    total = 0.0
    for i in range(0, len(inputs), 256):
        logits, h, c = model(inputs[i : i + 256], h, c)
        total += loss_of(logits, targets[i : i + 256], "sum").item()
spans.sort()
print(
    f"{asked.cell} {H}, vectors of {E}, {asked.rounds} rounds, {asked.steps} steps at {asked.lr}:"
    f" {total / targets.numel():.4f} nats per character, {spans[len(spans) // 2] * 1e3:.0f} ms a step"
)
