"""The twin of StepTranslate.java: milliseconds of a training step of the same encoder-decoder in PyTorch.

    python src/test/peers/step_translate_pytorch.py STEPS THREADS
"""
import json
import math
import random
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

ROWS, SOURCES, TARGETS, H, E = 128, 28, 42, 256, 128


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.read, self.write = nn.Embedding(SOURCES, E), nn.Embedding(TARGETS, E)
        self.encoder = nn.LSTM(E, H, 2, bidirectional=True, dropout=0.3)
        self.bridge = nn.Linear(2 * H, 2 * H)
        self.decoder = nn.LSTM(E, H)
        self.query, self.key, self.value = nn.Linear(H, H, bias=False), nn.Linear(2 * H, H, bias=False), nn.Linear(2 * H, H, bias=False)
        self.mix, self.head, self.drop = nn.Linear(2 * H, H), nn.Linear(H, TARGETS), nn.Dropout(0.3)

    def forward(self, source, lengths, previous):
        packed = nn.utils.rnn.pack_padded_sequence(self.drop(self.read(source)), lengths, enforce_sorted=False)
        memory, _ = nn.utils.rnn.pad_packed_sequence(self.encoder(packed)[0])
        memory = self.drop(memory)
        real = torch.arange(len(memory))[:, None] < lengths[None]
        state = torch.tanh(self.bridge((memory * real[:, :, None]).sum(0) / lengths[:, None]))[None]
        y, _ = self.decoder(self.drop(self.write(previous)), tuple(s.contiguous() for s in state.chunk(2, 2)))
        y = self.drop(y)
        e = torch.einsum("tbk,sbk->tbs", self.query(y), self.key(memory)) / math.sqrt(H)
        a = e.masked_fill(~real.T[None], -1e9).softmax(2)
        y = torch.cat([y, torch.einsum("tbs,sbk->tbk", a, self.value(memory))], 2)
        return self.head(self.drop(torch.tanh(self.mix(y))))


def batch(number):
    draw = random.Random(number)
    lengths = torch.tensor([5 + draw.randrange(6) for _ in range(ROWS)])
    steps = torch.tensor([min(10, 1 + int(n) - draw.randrange(2)) for n in lengths])
    return torch.randint(SOURCES, (10, ROWS)), lengths, torch.randint(TARGETS, (10, ROWS)), torch.randint(TARGETS, (10, ROWS)), steps


if __name__ == "__main__":
    torch.manual_seed(1)
    torch.set_num_threads(int(sys.argv[2]))
    model = Model()
    adam = torch.optim.Adam(model.parameters(), lr=2e-3)
    times, used = [], 0
    for number in range(int(sys.argv[1])):
        source, lengths, previous, classes, steps = batch(number)
        used = time.process_time() if number == int(sys.argv[1]) // 2 else used
        begun = time.perf_counter()
        real = torch.arange(10)[:, None] < steps[None]
        logits = model(source, lengths, previous)
        loss = F.cross_entropy(logits.reshape(-1, TARGETS), classes.masked_fill(~real, -100).reshape(-1), label_smoothing=0.1)
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        adam.step()
        times.append((time.perf_counter() - begun) * 1e3)
    used = time.process_time() - used
    warm = sorted(times[len(times) // 2 :])
    print(json.dumps({"who": "pytorch", "parameters": sum(p.numel() for p in model.parameters()), "ms_per_step": round(warm[len(warm) // 2], 2), "cpu_ms_per_step": round(used * 1e3 / len(warm), 2)}))
