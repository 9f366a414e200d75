"""Makes the models under src/test/resources/peers/keras with Keras itself, each with an input and the output that
Keras computes for it.

    pip install keras torch
    python3 make_keras.py OUT_DIR

NAME.keras is what model.save wrote (or NAME.weights.h5 what model.save_weights did, and NAME.config.json what
model.to_json() returned); NAME.json holds `tokens` [B,T] or `values` [B,T,F] and `output` [B,T,V] or [B,V].
"""
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "torch")
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras import layers  # noqa: E402

T, B, V, E, F = 8, 3, 7, 4, 3


def make(folder, name, stack, values=False, legacy=False, functional=False, weights=False):
    model = keras.Sequential([keras.Input((None, F) if values else (None,))] + stack)
    rng = np.random.default_rng(3)
    model.set_weights([rng.normal(0, 0.4, w.shape) for w in model.get_weights()])
    x = rng.normal(size=(B, T, F)).astype("float32") if values else rng.integers(0, V, (B, T))
    out = np.asarray(model.predict(x, verbose=0)).astype(float)
    if weights:
        model.save_weights(folder / f"{name}.weights.h5")
        (folder / f"{name}.config.json").write_text(model.to_json() + "\n")
    else:
        model.save(folder / f"{name}.keras")
    if legacy:
        model.save(folder / f"{name}.h5")
    if functional:
        inputs = x_in = keras.Input((None,))
        for layer in stack:
            x_in = layer(x_in)
        keras.Model(inputs, x_in).save(folder / f"{name}.keras")
    record = {"values" if values else "tokens": x.tolist(), "output": out.tolist()}
    (folder / f"{name}.json").write_text(json.dumps(record) + "\n")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(4)
    cells = {"rnn": layers.SimpleRNN, "gru": layers.GRU, "lstm": layers.LSTM}
    for cell, layer in cells.items():
        make(target, f"{cell}-1", [
            layers.Embedding(V, E), layer(5, return_sequences=True), layers.Dense(V, activation="softmax")])
        make(target, f"{cell}-2-last", [
            layer(5, return_sequences=True), layers.Dropout(0.3), layer(6), layers.Dense(2)], values=True)
        make(target, f"{cell}-bidirectional", [
            layers.Embedding(V, E), layers.Bidirectional(layer(5, return_sequences=True)), layers.Dense(V)])
    make(target, "mixed", [
        layers.Embedding(V, E), layers.GRU(5, return_sequences=True, use_bias=False),
        layers.LSTM(4, return_sequences=True), layers.TimeDistributed(layers.Dense(V, activation="softmax"))],
        legacy=True)
    make(target, "summed", [
        layers.Embedding(V, E), layers.Bidirectional(layers.GRU(5, return_sequences=True), merge_mode="sum"),
        layers.Dense(6, activation="relu"), layers.Dense(V, use_bias=False)])
    make(target, "functional", [
        layers.Embedding(V, E), layers.LSTM(5, return_sequences=True), layers.Dense(V)], functional=True)
    make(target, "bidirectional", [
        layers.Embedding(V, E), layers.Bidirectional(layers.GRU(5, return_sequences=True, use_bias=False)),
        layers.SimpleRNN(5, return_sequences=True), layers.Dense(V)], legacy=True)
    make(target, "activations", [
        layers.Embedding(V, E), layers.LSTM(5, return_sequences=True), layers.Dense(6), layers.ReLU(),
        layers.GaussianNoise(0.1), layers.Dense(6), layers.Activation("tanh"), layers.Dense(V), layers.Softmax()],
        legacy=True)
    make(target, "weights", [
        layers.Embedding(V, E), layers.GRU(5, return_sequences=True), layers.Bidirectional(
            layers.LSTM(4, return_sequences=True)), layers.GRU(3, return_sequences=True), layers.Dense(V)], weights=True)
    make(target, "gru-reset-before", [
        layers.Embedding(V, E), layers.GRU(5, return_sequences=True, reset_after=False), layers.Dense(V)])
    make(target, "lstm-relu", [
        layers.Embedding(V, E), layers.LSTM(5, return_sequences=True, activation="relu"), layers.Dense(V)])
    make(target, "backwards", [
        layers.Embedding(V, E), layers.LSTM(5, return_sequences=True, go_backwards=True), layers.Dense(V)])
