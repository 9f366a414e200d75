"""Makes the trajectories in this folder with PyTorch (float64): ten steps of training a small character model.

    python3 make_trajectories.py OUT_DIR

Each file holds the initial parameters under PyTorch's names, the tokens [steps * T + 1, B], and the loss of each step.
Truncated back-propagation with carried state, gradients clipped to global norm 0.5, Adam(1e-2) with a cosine to a tenth.
"""
import math, sys
import torch
from safetensors.torch import save_file
from torch import nn

V, H, B, T, STEPS = 7, 8, 4, 5, 10
for kind, layers in (("rnn", 1), ("gru", 2), ("lstm", 2)):
    torch.manual_seed(7)
    rnn = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[kind](V, H, layers).double()
    head = nn.Linear(H, V).double()
    tokens = torch.randint(0, V, (STEPS * T + 1, B))
    tensors = {"rnn." + n: p.detach().clone() for n, p in rnn.named_parameters()}
    tensors |= {"head." + n: p.detach().clone() for n, p in head.named_parameters()}
    parameters = [*rnn.parameters(), *head.parameters()]
    adam = torch.optim.Adam(parameters, 1e-2)
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, lambda k: .1 + .9 * .5 * (1 + math.cos(math.pi * k / STEPS)))
    state, losses = None, []
    for k in range(STEPS):
        x, y = tokens[k * T:(k + 1) * T], tokens[k * T + 1:(k + 1) * T + 1]
        h, state = rnn(torch.eye(V, dtype=torch.float64)[x], state)
        state = tuple(s.detach() for s in state) if kind == "lstm" else state.detach()
        loss = nn.functional.cross_entropy(head(h).reshape(-1, V), y.reshape(-1))
        adam.zero_grad(); loss.backward()
        nn.utils.clip_grad_norm_(parameters, .5)
        adam.step(); schedule.step()
        losses.append(loss.item())
    tensors["tokens"] = tokens
    tensors["losses"] = torch.tensor(losses, dtype=torch.float64)
    save_file(tensors, f"{sys.argv[1]}/trajectory-{kind}-{layers}x{H}.safetensors")
