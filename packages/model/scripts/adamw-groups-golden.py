"""Writes test/golden/adamw-groups.json: five steps of torch.optim.AdamW with two parameter groups, whose rates a schedule moves alike.

    /usr/bin/python3 scripts/adamw-groups-golden.py
"""
import json
import pathlib

import torch

torch.manual_seed(1)
SHAPES = [[3, 2], [2], [2, 4]]
RATE_FACTORS = [0.1, 0.1, 1.0]
WEIGHT_DECAY = 0.05
RATES = [0.01, 0.02, 0.02, 0.005, 0.001]

variables = [torch.nn.Parameter(torch.randn(shape)) for shape in SHAPES]
optimizer = torch.optim.AdamW(
    [{"params": variables[:2], "lr": 0.001}, {"params": variables[2:], "lr": 0.01}], weight_decay=WEIGHT_DECAY
)


def numbers(tensors):
    return [tensor.detach().flatten().tolist() for tensor in tensors]


initial = numbers(variables)
steps = []
for rate in RATES:
    optimizer.param_groups[0]["lr"] = 0.1 * rate
    optimizer.param_groups[1]["lr"] = rate
    for variable in variables:
        variable.grad = torch.randn(variable.shape)
    gradients = numbers([variable.grad for variable in variables])
    optimizer.step()
    steps.append({"learningRate": rate, "gradients": gradients, "values": numbers(variables)})

golden = {
    "source": f"torch.optim.AdamW with two parameter groups, PyTorch {torch.__version__}, float32, seed 1",
    "weightDecay": WEIGHT_DECAY,
    "rateFactors": RATE_FACTORS,
    "shapes": SHAPES,
    "initial": initial,
    "steps": steps,
}
out = pathlib.Path(__file__).parent.parent / "test" / "golden" / "adamw-groups.json"
out.write_text(json.dumps(golden) + "\n")
