"""PyTorch's own loop over single steps of a character model, the peer of `namaskar bench generate`.

    pip install torch && python3 generate_pytorch.py --cell lstm --hidden 256 --layers 2

One thread, batch 1, torch.inference_mode, each step fed with the likeliest character of the one before. Prints one JSON
line: characters per second over the second half of the run.
"""
import argparse, json, time, torch
from torch import nn

a = argparse.ArgumentParser()
for name, default in (("hidden", 256), ("layers", 2), ("vocab", 65), ("seconds", 3)):
    a.add_argument("--" + name, type=int, default=default)
a.add_argument("--cell", default="lstm")
a = a.parse_args()
torch.set_num_threads(1)
torch.manual_seed(1)
rnn = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[a.cell](a.vocab, a.hidden, a.layers).eval()
head = nn.Linear(a.hidden, a.vocab).eval()
eye = torch.eye(a.vocab)


def run(seconds):
    state, token, written, begun = None, torch.tensor(0), 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        h, state = rnn(eye[token].view(1, 1, -1), state)
        token = head(h[0, 0]).argmax()
        written += 1
    return written / (time.perf_counter() - begun)


with torch.inference_mode():
    run(a.seconds)
    rate = run(a.seconds)
print(json.dumps(dict(peer="pytorch " + torch.__version__, cell=a.cell, hidden=a.hidden, layers=a.layers, batch=1, threads=1, chars_per_s=round(rate))))
