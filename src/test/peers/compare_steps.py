"""Training steps of this project and its peers on the same cores, in turn; prints the table that the README shows.

    pip install torch jax && python3 src/test/peers/compare_steps.py [--rounds 3] [--peers pytorch,jax,dl4j]

A row is a network, a figure the median over the rounds; a ratio is the peer's time over ours. "of peak" is the rate of
the matrix products that the mathematics needs, over the whole step, as a share of this machine's own rate at 2048 cubed.
"""
import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[2]
SHAPES = [("rnn", 128, 1, 32, 64), ("rnn", 256, 1, 64, 64), ("rnn", 512, 1, 64, 64), ("gru", 256, 1, 64, 64),
          ("lstm", 256, 1, 64, 64), ("lstm", 128, 2, 50, 50), ("lstm", 512, 2, 64, 64)]


def last_json(*command, folder=HOME):
    done = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        sys.exit(f"no result from {' '.join(map(str, command))}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return json.loads(lines[-1])


def ours(cell, hidden, layers, batch, steps):
    return last_json("./namaskar", "bench", "train", "--cell", cell, "--hidden", hidden, "--layers", layers,
                     "--batch", batch, "--seq-len", steps, "--threads", 2, "--vocab", 65, "--json")


def python(script):
    return lambda *shape: last_json(sys.executable, HERE / script, *shape)


def dl4j(*shape):
    if shape[0] == "gru":
        return None  # it has none
    return last_json("mvn", "-q", "-o", "-Djavacpp.platform.custom", "-Djavacpp.platform.host", "compile", "exec:java",
                     "-Dexec.mainClass=TrainStep", "-Dexec.args=" + " ".join(map(str, shape)), folder=HERE / "dl4j")


PEERS = {"pytorch": python("step_pytorch.py"), "jax": python("step_jax.py"), "dl4j": dl4j}

parser = argparse.ArgumentParser()
parser.add_argument("--rounds", type=int, default=3)
parser.add_argument("--peers", default="pytorch,jax,dl4j")
given = parser.parse_args()
peers = given.peers.split(",")
rates = last_json("./namaskar", "bench", "gemm", "--threads", 2, "--json")
best = max(rates["libraries"], key=lambda row: row["peak_gflops"])
peak = best["peak_gflops"]
print(f"{peak:.0f} GFLOP/s at 2048 cubed on two threads by {best['library']}")
print("| network | batch x steps | Namaskar ms | of peak | " + " | ".join(peer + " ms (ratio)" for peer in peers) + " |")
print("|---" * (4 + len(peers)) + "|", flush=True)
for shape in SHAPES:
    mine, theirs = [], {peer: [] for peer in peers}
    for _ in range(given.rounds):
        mine.append(ours(*shape))
        for peer in peers:
            found = PEERS[peer](*shape)
            if found:
                theirs[peer].append(found["ms_per_step"])
    ms = statistics.median(run["ms_per_step"] for run in mine)
    share = statistics.median(run["gflops"] for run in mine) / peak
    cells = [f"{statistics.median(t):.1f} ({statistics.median(t) / ms:.1f})" if t else "-" for t in theirs.values()]
    cell, hidden, layers, batch, steps = shape
    name = f"{cell} {hidden}" if layers == 1 else f"{cell} {layers} x {hidden}"
    print(f"| {name} | {batch} x {steps} | {ms:.2f} | {share:.0%} | " + " | ".join(cells) + " |", flush=True)
