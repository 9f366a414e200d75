"""Spoken digits in PyTorch on the features that the library has, to stand beside its figures (pip install torch numpy).

    python3 fsdd_pytorch.py DIR digits index|SPEAKER [--minutes M] [--seed S]
    python3 fsdd_pytorch.py DIR strings LIST_TO_TRAIN LIST_TO_TEST [--hop MS] [--variants N] [--batch B] [--steps N]

DIR holds the recordings DIGIT_SPEAKER_INDEX.wav. digits: one label a recording; "index" tests on the indices 0 to 4 and
trains on the rest, a speaker's name tests on all of that speaker and trains on the others. strings: lines of a WAV file's
path, a tab and its labels, learned by CTC. Settings are the library's usual: log powers of 40 mel bands from 64 to 4000 Hz,
25 ms every 10 ms of recordings at one power, half of each band's mean over the recording taken off, slopes; eight varied copies of each recording (speed 0.8
to 1.25, 8 dB, noise, silence around, stripes hidden under something loud); a gru of 128 units both ways, dropout 0.3, Adam at 3e-3 falling
along a cosine, batches of 64, twelve passes.
"""
import argparse, glob, json, os, time, wave
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

a = argparse.ArgumentParser()
a.add_argument("dir"); a.add_argument("task", choices=["digits", "strings"]); a.add_argument("split"); a.add_argument("test", nargs="?")
a.add_argument("--seed", type=int, default=1); a.add_argument("--epochs", type=int, default=12)
a.add_argument("--variants", type=int, default=8); a.add_argument("--hidden", type=int, default=128)
a.add_argument("--lr", type=float, default=3e-3); a.add_argument("--batch", type=int, default=64)
a.add_argument("--hop", type=float, default=10); a.add_argument("--steps", type=int, default=0)
a.add_argument("--minutes", type=float, default=1e9); a.add_argument("--threads", type=int, default=1)
o = a.parse_args()
torch.manual_seed(o.seed); torch.set_num_threads(o.threads); rng = np.random.default_rng(o.seed)

RATE, WINDOW, HOP, POINTS, BANDS = 8000, 200, round(8 * o.hop), 256, 40
def mel(f): return 2595 * np.log10(1 + f / 700)
def hertz(m): return 700 * (10 ** (m / 2595) - 1)
edges, k = hertz(np.linspace(mel(64), mel(4000), BANDS + 2)) / RATE * POINTS, np.arange(POINTS // 2 + 1)
filters = np.stack([np.maximum(0, np.minimum((k - p) / (q - p), (r - k) / (r - q))) for p, q, r in zip(edges, edges[1:], edges[2:])])

def read(path):
    with wave.open(path) as w:
        return np.frombuffer(w.readframes(w.getnframes()), "<i2").astype(float) / 32768

def features(x):
    x = x * (0.05 / np.sqrt(np.mean(x * x)))
    x = np.append(x[0], x[1:] - 0.97 * x[:-1])
    x = np.pad(x, (0, max(0, WINDOW - len(x))))
    frames = np.lib.stride_tricks.sliding_window_view(x, WINDOW)[::HOP] * np.hamming(WINDOW)
    e = np.log((np.abs(np.fft.rfft(frames, POINTS)) ** 2) @ filters.T + 1e-6)
    e = e - e.mean(0) / 2
    p = np.pad(e, ((2, 2), (0, 0)), "edge")
    return np.concatenate([e, (p[3:-1] - p[1:-3] + 2 * (p[4:] - p[:-4])) / 10], 1)

def vary(x):
    r = np.exp(rng.uniform(-1, 1) * np.log(1.25)); n = int(len(x) / r)
    x = np.interp(np.arange(n) * r, np.arange(len(x)), x)
    x = x + rng.standard_normal(len(x)) * np.sqrt(np.mean(x * x)) * 10 ** ((-15 - 25 * rng.uniform()) / 20)
    before, after = rng.integers(0, RATE // 10, 2)
    x = np.concatenate([3e-4 * rng.standard_normal(before), x, 3e-4 * rng.standard_normal(after)])
    return x * 10 ** (rng.uniform(-8, 8) / 20)

def hide(e):
    e = e.copy()
    for _ in range(2):
        w = rng.integers(0, BANDS // 5 + 1); b = rng.integers(0, BANDS - w + 1)
        e[:, b:b + w] = 1.3; e[:, BANDS + b:BANDS + b + w] = 0
    w = rng.integers(0, len(e) // 5 + 1); b = rng.integers(0, len(e) - w + 1)
    e[b:b + w, :BANDS] = 1.3; e[b:b + w, BANDS:] = 0
    return e

def listed(path):
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]
    return [(read(p if os.path.isabs(p) else os.path.join(os.path.dirname(path), p)), [int(d) for d in y.split()]) for p, y in lines]

if o.task == "digits":
    named = [(os.path.basename(p)[:-4].split("_"), p) for p in sorted(glob.glob(os.path.join(o.dir, "*.wav")))]
    tests = (lambda n: int(n[2]) < 5) if o.split == "index" else (lambda n: n[1] == o.split)
    train = [(read(p), [int(n[0])]) for n, p in named if not tests(n)]; test = [(read(p), [int(n[0])]) for n, p in named if tests(n)]
else:
    train, test = listed(o.split), listed(o.test)

class Net(nn.Module):
    def __init__(s, outputs):
        super().__init__()
        s.drop, s.gru = nn.Dropout(0.3), nn.GRU(2 * BANDS, o.hidden, bidirectional=True); s.out = nn.Linear(2 * o.hidden, outputs)
    def forward(s, x, lengths):
        y, h = s.gru(nn.utils.rnn.pack_padded_sequence(s.drop(x), lengths, enforce_sorted=False))
        if o.task == "digits": return s.out(s.drop(torch.cat([h[0], h[1]], 1)))
        return s.out(s.drop(nn.utils.rnn.pad_packed_sequence(y)[0]))

plain = [features(x) for x, _ in train]; frames = np.concatenate(plain); mean, deviation = frames.mean(0), frames.std(0)
examples = [((e - mean) / deviation, y) for e, (_, y) in zip(plain, train)]
examples += [(hide((features(vary(x)) - mean) / deviation), y) for x, y in train for _ in range(o.variants)]
asked = [((features(x) - mean) / deviation, y) for x, y in test]
net = Net(10 if o.task == "digits" else 11); adam = torch.optim.Adam(net.parameters(), lr=o.lr)
ctc = nn.CTCLoss(blank=10, reduction="sum")

def batch(chosen):
    return nn.utils.rnn.pad_sequence([torch.tensor(e, dtype=torch.float32) for e, _ in chosen]), torch.tensor([len(e) for e, _ in chosen])

def loss(chosen):
    x, lengths = batch(chosen); z = net(x, lengths)
    if o.task == "digits": return F.cross_entropy(z, torch.tensor([y[0] for _, y in chosen]))
    n = torch.tensor([len(y) for _, y in chosen])
    return ctc(z.log_softmax(2), torch.tensor([d for _, y in chosen for d in y]), lengths, n) / n.sum()

begun = time.time(); steps = o.steps or o.epochs * ((len(examples) + o.batch - 1) // o.batch); step = 0; over = False
while step < steps and not over:
    order = rng.permutation(len(examples)); pool = 32 * o.batch
    batches = [c[i:i + o.batch] for c in (sorted(order[j:j + pool], key=lambda i: len(examples[i][0])) for j in range(0, len(order), pool)) for i in range(0, len(c), o.batch)]
    for j in rng.permutation(len(batches)):
        for g in adam.param_groups: g["lr"] = o.lr * (0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * step / steps)))
        l = loss([examples[i] for i in batches[j]]); adam.zero_grad(); l.backward(); nn.utils.clip_grad_norm_(net.parameters(), 5.0); adam.step(); step += 1
        over = time.time() - begun > 60 * o.minutes
        if over or step >= steps: break

def distance(p, q):
    row = list(range(len(q) + 1))
    for i, u in enumerate(p, 1):
        diagonal, row[0] = row[0], i
        for j, v in enumerate(q, 1): diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (u != v))
    return row[-1]

net.eval(); errors = symbols = wrong = 0
with torch.no_grad():
    for e, y in asked:
        z = net(*batch([(e, y)]))
        if o.task == "digits": said = [int(z.argmax())]
        else:
            path = z[:, 0].argmax(1).tolist(); said = [s for i, s in enumerate(path) if s != 10 and (i == 0 or path[i - 1] != s)]
        errors += distance(said, y); symbols += len(y); wrong += said != y
print(json.dumps({"task": o.task, "split": o.split, "seed": o.seed, "steps": step, "examples": len(asked), "accuracy": 1 - wrong / len(asked),
                  "symbol_error_rate": errors / symbols, "ms_per_step": (time.time() - begun) / step * 1e3, "seconds": time.time() - begun}))
