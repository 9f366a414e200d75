"""Makes the reference vectors of CTC in this folder with PyTorch (float64).

    python3 make_ctc.py OUT_DIR SEED

ctc-*.safetensors: logits [T,B,V], the blank's index, frames [B], labels [B,L] (padded with -1), loss [B] in nats, and
grad [T,B,V] = d (sum of losses) / d logits, 0 behind a row's last frame. Rows: some with as many frames as they need and
no more, some empty, some with equal neighbours; in ctc-sure the logits are so large that probabilities underflow; in
ctc-misfit the labels of some rows do not fit into their frames: PyTorch's loss is infinite, -1 here, and grad 0.
"""
import json, struct, sys
import torch

def save(path, tensors):
    header, blobs, at = {}, [], 0
    names = {torch.float64: "F64", torch.int64: "I64"}
    for name, t in tensors.items():
        raw = t.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": names[t.dtype], "shape": list(t.shape), "data_offsets": [at, at + len(raw)]}
        blobs.append(raw)
        at += len(raw)
    h = json.dumps(header).encode()
    h += b" " * (-len(h) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(h)) + h + b"".join(blobs))

def needed(row):
    return len(row) + sum(a == b for a, b in zip(row, row[1:]))

def case(path, T, V, blank, rows, frames, scale):
    B, L = len(rows), max(1, max(len(r) for r in rows))
    frames = [max(needed(r), 1) if f is None else f for r, f in zip(rows, frames)]
    logits = (scale * torch.randn(T, B, V, dtype=torch.float64)).float().double().requires_grad_()
    labels = torch.tensor([r + [blank] * (L - len(r)) for r in rows])
    lengths, counts = torch.tensor(frames), torch.tensor([len(r) for r in rows])
    loss = torch.nn.functional.ctc_loss(logits.log_softmax(2), labels, lengths, counts, blank=blank, reduction="none")
    loss[loss.isfinite()].sum().backward()
    padded = torch.tensor([r + [-1] * (L - len(r)) for r in rows])
    save(path, {"logits": logits, "blank": torch.tensor([blank]), "frames": lengths, "labels": padded,
                "loss": loss.nan_to_num(posinf=-1), "grad": logits.grad.nan_to_num(0)})

out = sys.argv[1]
torch.manual_seed(int(sys.argv[2]))
case(f"{out}/ctc-small.safetensors", 6, 4, 0, [[1, 2], [3, 3], [], [2], [1, 1, 1]], [6, None, 4, None, None], 1)
case(f"{out}/ctc-last.safetensors", 30, 7, 6, [[0, 1, 2, 3, 4, 5] * 2, [5, 5, 5, 5], list(range(6))], [30, 19, None], 2)
case(f"{out}/ctc-sure.safetensors", 40, 12, 3, [[0, 1, 2, 4, 4, 5], [11, 10, 9], [7] * 9], [40, 33, 25], 400)
case(f"{out}/ctc-misfit.safetensors", 5, 4, 0, [[1, 1, 1], [1, 2, 3], [], [2, 2], [3], []], [4, 3, 5, 2, 1, 1], 1)
