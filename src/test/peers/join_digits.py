"""Joins spoken digits to strings: python3 join_digits.py RECORDINGS OUT TRAIN_COUNT TEST_COUNT SEED [SPEAKER]

Strings of 3 to 5 digits of one speaker, drawn from the seed, with 50 to 300 ms of near silence around each digit; written to
OUT/train and OUT/test with OUT/train.tsv and OUT/test.tsv (path, tab, digits). Without SPEAKER test strings are made of the
recordings of index 0 to 4 and training strings of the others; with one, test strings are of that speaker alone, training
strings of all others.
"""
import glob, os, sys, wave
import numpy as np

recordings, out, train, test, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
left_out = sys.argv[6] if len(sys.argv) > 6 else None
rng = np.random.default_rng(seed)
by_speaker = {True: {}, False: {}}
for path in sorted(glob.glob(os.path.join(recordings, "*.wav"))):
    digit, speaker, index = os.path.basename(path)[:-4].split("_")
    with wave.open(path) as w:
        assert (w.getframerate(), w.getnchannels(), w.getsampwidth()) == (8000, 1, 2), path
        sound = np.frombuffer(w.readframes(w.getnframes()), "<i2")
    tests = speaker == left_out if left_out else int(index) < 5
    by_speaker[tests].setdefault(speaker, []).append((digit, sound))

def silence():
    return np.round(rng.standard_normal(rng.integers(400, 2401)) * 10).astype("<i2")

for name, count, pool in (("train", train, by_speaker[False]), ("test", test, by_speaker[True])):
    os.makedirs(os.path.join(out, name), exist_ok=True)
    with open(os.path.join(out, name + ".tsv"), "w", encoding="utf-8") as lines:
        for n in range(count):
            speakers = sorted(pool)
            own = pool[speakers[rng.integers(len(speakers))]]
            drawn = [own[i] for i in rng.integers(0, len(own), rng.integers(3, 6))]
            parts = [silence()]
            for _, sound in drawn:
                parts += [sound, silence()]
            path = f"{name}/{n:05d}.wav"
            with wave.open(os.path.join(out, path), "wb") as w:
                w.setnchannels(1); w.setsampwidth(2); w.setframerate(8000)
                w.writeframes(np.concatenate(parts).astype("<i2").tobytes())
            lines.write(path + "\t" + " ".join(digit for digit, _ in drawn) + "\n")
