"""One training step of a character model in PyTorch on random characters, as `namaskar bench train` takes it.

    pip install torch && python3 step_pytorch.py lstm 256 1 64 64      (cell, units, layers, batch, steps)

Adam, gradients clipped to norm 5, state carried over, two threads. Prints one JSON line with the median.
"""
import json
import sys
import time

import torch
from torch import nn

SYMBOLS = 65
cell, hidden, layers, batch, steps = sys.argv[1], *map(int, sys.argv[2:6])
torch.set_num_threads(2)
torch.manual_seed(1)
rnn = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[cell](SYMBOLS, hidden, layers)
head = nn.Linear(hidden, SYMBOLS)
weights = [*rnn.parameters(), *head.parameters()]
adam = torch.optim.Adam(weights, 2e-3)
one_hot = torch.eye(SYMBOLS)
state, times, begun = None, [], time.perf_counter()
while len(times) < 15 or time.perf_counter() - begun < 8:
    tokens = torch.randint(SYMBOLS, (steps + 1, batch))
    start = time.perf_counter()
    out, state = rnn(one_hot[tokens[:-1]], state)
    state = tuple(s.detach() for s in state) if cell == "lstm" else state.detach()
    loss = nn.functional.cross_entropy(head(out).reshape(-1, SYMBOLS), tokens[1:].reshape(-1))
    adam.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(weights, 5.0)
    adam.step()
    times.append(time.perf_counter() - start)
warm = sorted(times[len(times) // 3:])
print(json.dumps({"peer": "pytorch " + torch.__version__, "ms_per_step": round(warm[len(warm) // 2] * 1e3, 3)}))
