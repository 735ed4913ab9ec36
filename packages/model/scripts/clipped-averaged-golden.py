"""Makes test/golden/adamw-clipped.json: ten steps of torch.optim.AdamW after torch.nn.utils.clip_grad_norm_, with
torch.optim.swa_utils.AveragedModel's moving average, whose decay is min(.9, (1 + t) / (10 + t)) at step t from 1.

    /usr/bin/python3 scripts/clipped-averaged-golden.py
"""

import json
from pathlib import Path

import torch

torch.manual_seed(0)
shapes = [[3, 4], [4], [2, 3, 1, 2]]
clip, decay, rate, weight_decay = 2.0, 0.9, 0.02, 0.05


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weights = torch.nn.ParameterList([torch.nn.Parameter(torch.randn(shape)) for shape in shapes])


def numbers(tensors):
    return [[float(x) for x in tensor.detach().flatten()] for tensor in tensors]


model = Model()
initial = numbers(model.weights)
# The first call of AveragedModel only copies, which is the start here.
step = 0
averaged = torch.optim.swa_utils.AveragedModel(
    model, avg_fn=lambda average, weights, _: average + (1 - min(decay, (1 + step) / (10 + step))) * (weights - average)
)
averaged.update_parameters(model)
optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=weight_decay)
steps = []
for step in range(1, 11):
    # Half of the steps are short enough to be left alone.
    gradients = [torch.randn(shape) * (2.0 if step % 2 else 0.1) for shape in shapes]
    for weight, gradient in zip(model.weights, gradients):
        weight.grad = gradient.clone()
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
    averaged.update_parameters(model)
    steps.append(
        {
            "norm": float(norm),
            "gradients": numbers(gradients),
            "values": numbers(model.weights),
            "averages": numbers(averaged.module.weights),
        }
    )

golden = {
    "source": f"scripts/clipped-averaged-golden.py, PyTorch {torch.__version__}",
    "clipNorm": clip,
    "averageDecay": decay,
    "learningRate": rate,
    "weightDecay": weight_decay,
    "shapes": shapes,
    "initial": initial,
    "steps": steps,
}
path = Path(__file__).parents[1] / "test" / "golden" / "adamw-clipped.json"
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
