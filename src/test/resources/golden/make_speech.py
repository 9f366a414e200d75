"""Makes the reference vectors of the speech front end in this folder with numpy (float64).

    python3 make_speech.py OUT_DIR SEED

speech-*.safetensors: samples [N] (a gliding tone, its overtones and noise, in whole steps of 16 bits), rate, the settings of
the front end, and features [T, bands * (deltas + 1)]. speech-eight has the settings of a published recipe for digits at
8 kHz: emphasis 0.97, Hamming windows of 25 ms every 12.5 ms, 20 bands of 100 to 4000 Hz.
"""
import json, struct, sys
import numpy as np

def save(path, tensors):
    header, blobs, at = {}, [], 0
    names = {"float64": "F64", "int64": "I64"}
    for name, t in tensors.items():
        t = np.ascontiguousarray(t)
        raw = t.tobytes()
        header[name] = {"dtype": names[str(t.dtype)], "shape": list(t.shape), "data_offsets": [at, at + len(raw)]}
        blobs.append(raw)
        at += len(raw)
    h = json.dumps(header).encode()
    h += b" " * (-len(h) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(h)) + h + b"".join(blobs))

def mel(f):
    return 2595 * np.log10(1 + f / 700)

def hertz(m):
    return 700 * (10 ** (m / 2595) - 1)

def features(x, rate, window, hop, emphasis, hann, bands, low, high, deltas, level):
    x = np.append(x[0], x[1:] - emphasis * x[:-1])
    n, step = int(round(rate * window / 1000)), int(round(rate * hop / 1000))
    points = 1
    while points < n:
        points *= 2
    x = np.pad(x, (0, max(0, n - len(x))))
    frames = 1 + (len(x) - n) // step
    weights = np.hanning(n) if hann else np.hamming(n)
    power = np.abs(np.fft.rfft(np.stack([x[t * step:t * step + n] for t in range(frames)]) * weights, points)) ** 2
    edges = hertz(np.linspace(mel(low), mel(high), bands + 2)) / rate * points
    k = np.arange(points // 2 + 1)
    filters = np.stack([np.maximum(0, np.minimum((k - a) / (b - a), (c - k) / (c - b)))
                        for a, b, c in zip(edges, edges[1:], edges[2:])])
    blocks = [np.log(power @ filters.T + 1e-6)]
    if level:
        blocks[0] = blocks[0] - blocks[0].mean(0)
    for _ in range(deltas):
        p = np.pad(blocks[-1], ((2, 2), (0, 0)), "edge")
        blocks.append((p[3:-1] - p[1:-3] + 2 * (p[4:] - p[:-4])) / 10)
    return np.concatenate(blocks, 1)

def case(name, seconds, rate, window, hop, emphasis, hann, bands, low, high, deltas, level):
    t = np.arange(int(seconds * rate)) / rate
    phase = 2 * np.pi * np.cumsum(150 + 90 * np.sin(7 * t)) / rate
    x = sum(np.sin(h * phase + h) / h for h in range(1, 9)) * (0.1 + 0.1 * np.sin(11 * t) ** 2)
    x = np.round((x + 0.003 * rng.standard_normal(len(t))) * 32768).clip(-32768, 32767) / 32768
    settings = {"rate": rate, "bands": bands, "deltas": deltas, "hann": int(hann), "level": int(level)}
    numbers = {"window": window, "hop": hop, "emphasis": emphasis, "low": low, "high": high}
    save(f"{out}/speech-{name}.safetensors",
         {"samples": x, "features": features(x, rate, window, hop, emphasis, hann, bands, low, high, deltas, level),
          **{k: np.array([v], dtype=np.int64) for k, v in settings.items()},
          **{k: np.array([v], dtype=np.float64) for k, v in numbers.items()}})

out = sys.argv[1]
rng = np.random.default_rng(int(sys.argv[2]))
case("eight", 0.4, 8000, 25, 12.5, 0.97, False, 20, 100, 4000, 0, False)
case("short", 0.013, 8000, 25, 12.5, 0.97, False, 20, 100, 4000, 1, False)
case("sixteen", 0.25, 16000, 32, 10, 0.9, True, 26, 64, 7600, 2, True)
