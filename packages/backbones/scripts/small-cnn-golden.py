"""Golden data of the small CNN for the tests: the same network in PyTorch under weights that a formula gives.

    python3 scripts/small-cnn-golden.py > test/golden/small_cnn-64.json
"""
import collections
import json
import math

import numpy
import torch
from torch import nn

STAGES = [(16, True), (32, True), (48, True), (96, True), (128, False), (192, False)]
SIZE = 64


def numbers(name, count):
    """A linear congruential generator, seeded with the FNV-1a hash of the name: numbers in [0, 1)."""
    state = 0x811C9DC5
    for byte in name.encode():
        state = ((state ^ byte) * 0x01000193) & 0xFFFFFFFF
    out = []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out.append((state >> 8) / 2**24)
    return numpy.array(out)


def formula(name, tensor):
    shape = list(tensor.shape)
    u = numbers(name, tensor.numel())
    if name.endswith("running_mean"):
        values = (u - 0.5) * 0.2
    elif name.endswith("running_var"):
        values = 0.5 + u
    elif len(shape) >= 2:
        values = (2 * u - 1) * math.sqrt(6 / math.prod(shape[1:]))
    elif name.endswith(".weight"):
        values = 0.75 + 0.5 * u
    else:
        values = (u - 0.5) * 0.2
    return torch.tensor(values.reshape(shape), dtype=torch.float32)


def network():
    stages, channels = [], 3
    for filters, pool in STAGES:
        parts = [("conv", nn.Conv2d(channels, filters, 3, padding=1, bias=False))]
        parts += [("pool", nn.MaxPool2d(2))] if pool else []
        parts += [("norm", nn.BatchNorm2d(filters)), ("relu", nn.ReLU())]
        stages.append(nn.Sequential(collections.OrderedDict(parts)))
        channels = filters
    return nn.Sequential(collections.OrderedDict([("features", nn.Sequential(*stages))]))


def run(net, image):
    """Every stage's map, and the features: cell by cell, the channels last."""
    maps = []
    for stage in net.features:
        image = stage(image)
        maps.append(image)
    return maps, image.permute(0, 2, 3, 1).flatten(1)


def rounded(values):
    return [float(f"{value:.7g}") for value in values]


def tensor_json(tensor):
    return {"shape": list(tensor.shape), "data": rounded(tensor.flatten().tolist())}


net = network()
state = {name: formula(name, value) for name, value in net.state_dict().items() if value.ndim > 0}
net.load_state_dict(state, strict=False)
image = torch.tensor(2 * numbers("input", 2 * 3 * SIZE * SIZE) - 1, dtype=torch.float32).reshape(2, 3, SIZE, SIZE)

net.eval()
with torch.no_grad():
    maps, features = run(net, image)
evaluation = {
    "mapShape": list(maps[-1].shape),
    "pooled": tensor_json(features),
    "stages": [
        {
            "index": index,
            "shape": list(one.shape),
            "mean": one.mean().item(),
            "std": one.std().item(),
            "absMax": one.abs().max().item(),
        }
        for index, one in enumerate(maps)
    ],
}
net.train()
_, features = run(net, image)
cotangent = torch.tensor(2 * numbers("cotangent", features.numel()) - 1, dtype=torch.float32).reshape(features.shape)
(features * cotangent).sum().backward()
training = {
    "note": "batch statistics in every norm; loss = sum(features * cotangent), cotangent = 2u('cotangent') - 1",
    "pooled": tensor_json(features.detach()),
    "gradientNorms": {name: value.grad.norm().item() for name, value in net.named_parameters()},
    "runningMeanAfter": {
        name: rounded(value[:4].tolist()) for name, value in net.state_dict().items() if name.endswith("running_mean")
    },
}
print(
    json.dumps(
        {
            "model": f"the small CNN in PyTorch {torch.__version__}",
            "input": {"formula": "u('input') mapped to 2u-1, NCHW", "shape": list(image.shape)},
            "featureParameters": sum(value.numel() for value in net.parameters()),
            "stateDict": [
                {"name": name, "shape": list(value.shape)} for name, value in net.state_dict().items() if value.ndim > 0
            ],
            "formulaCheck": {name: value.flatten()[:4].tolist() for name, value in state.items()},
            "eval": evaluation,
            "train": training,
        }
    )
)
