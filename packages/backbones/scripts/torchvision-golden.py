"""Golden data of the networks that torchvision (and for Lite0 timm) has: their own results under weights that a formula gives.

    python3 scripts/torchvision-golden.py test/golden            all
    python3 scripts/torchvision-golden.py test/golden efficientnet_b3

Lite0 needs timm 0.6; its weights are named as torchvision would name them, so that the formula and the tests know one kind of names.
`squeezenet1_1-64.json` and `efficientnet_b0-64.json` were made the same way, with more places.
"""
import json
import math
import pathlib
import re
import sys

import numpy
import torch
import torchvision

SIZES = {
    "squeezenet1_0": 64,
    "mobilenet_v3_small": 64,
    "efficientnet_lite0": 64,
    "efficientnet_b1": 64,
    "efficientnet_b2": 64,
    "efficientnet_b3": 64,
    "efficientnet_b4": 64,
}


def numbers(name, count):
    """A linear congruential generator, seeded with the FNV-1a hash of the name: numbers in [0, 1)."""
    state = 0x811C9DC5
    for byte in name.encode():
        state = ((state ^ byte) * 0x01000193) & 0xFFFFFFFF
    # The i-th state as a product and a sum of the first: without a loop over millions.
    out = numpy.empty(count, dtype=numpy.uint32)
    block = min(count, 4096)
    for i in range(block):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out[i] = state
    factor, add = 1, 0
    for _ in range(block):
        factor, add = (factor * 1664525) & 0xFFFFFFFF, (add * 1664525 + 1013904223) & 0xFFFFFFFF
    for start in range(block, count, block):
        end = min(start + block, count)
        with numpy.errstate(over="ignore"):
            out[start:end] = out[start - block : end - block] * numpy.uint32(factor) + numpy.uint32(add)
    return (out >> 8).astype(numpy.float64) / 2**24


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


def lite_name(name):
    """torchvision's way of naming a weight of timm's Lite0, whose blocks have no squeeze and excitation."""
    part, leaf = name.rsplit(".", 1)
    outside = {"conv_stem": "0.0", "bn1": "0.1", "conv_head": "8.0", "bn2": "8.1"}
    if part in outside:
        return f"features.{outside[part]}.{leaf}"
    stage, block, item = re.fullmatch(r"blocks\.(\d+)\.(\d+)\.(\w+)", part).groups()
    plain = {"conv_dw": "0.0", "bn1": "0.1", "conv_pw": "1.0", "bn2": "1.1"}
    expanded = {"conv_pw": "0.0", "bn1": "0.1", "conv_dw": "1.0", "bn2": "1.1", "conv_pwl": "2.0", "bn3": "2.1"}
    return f"features.{int(stage) + 1}.{block}.block.{(plain if stage == '0' else expanded)[item]}.{leaf}"


def stages_of(name, net):
    if name != "efficientnet_lite0":
        return list(net.features)
    # Norms of timm's have their activation in them, or stand before one, by version.
    stem = torch.nn.Sequential(net.conv_stem, net.bn1, getattr(net, "act1", torch.nn.Identity()))
    head = torch.nn.Sequential(net.conv_head, net.bn2, getattr(net, "act2", torch.nn.Identity()))
    return [stem, *net.blocks, head]


def rounded(values):
    return [float(f"{value:.7g}") for value in values]


def golden(name, size):
    if name == "efficientnet_lite0":
        import timm

        net, rename = timm.create_model(name), lite_name
    else:
        net, rename = getattr(torchvision.models, name)(), lambda given: given
    own = {given: value for given, value in net.state_dict().items() if not given.startswith("classifier.") and value.ndim > 0}
    state = {given: formula(rename(given), value) for given, value in own.items()}
    net.load_state_dict(state, strict=False)
    for module in net.modules():
        if isinstance(module, (torchvision.ops.StochasticDepth, torch.nn.Dropout)):
            module.eval()
    image = torch.tensor(2 * numbers("input", 2 * 3 * size * size) - 1, dtype=torch.float32).reshape(2, 3, size, size)

    def run(x):
        maps = []
        for stage in stages_of(name, net):
            x = stage(x)
            maps.append(x.clone())  # some activations work in place
        return maps, x.mean((2, 3))

    net.eval()
    with torch.no_grad():
        maps, pooled = run(image)
    evaluation = {
        "mapShape": list(maps[-1].shape),
        "pooled": {"shape": list(pooled.shape), "data": rounded(pooled.flatten().tolist())},
        "stages": [
            {"index": i, "shape": list(x.shape), **{k: float(f"{v:.9g}") for k, v in {"mean": x.mean().item(), "std": x.std().item(), "absMax": x.abs().max().item()}.items()}}
            for i, x in enumerate(maps)
        ],
    }
    net.train()
    drops = {}
    for given, module in net.named_modules():
        if isinstance(module, torchvision.ops.StochasticDepth):
            drops[given.removesuffix(".stochastic_depth")] = module.p
            module.p = 0.0
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    # In double precision: batch statistics over a few pixels magnify single precision's rounding.
    net.double()
    _, pooled = run(image.double())
    cotangent = torch.tensor(2 * numbers("cotangent", pooled.numel()) - 1).reshape(pooled.shape)
    (pooled * cotangent).sum().backward()
    parameters = {given: value for given, value in net.named_parameters() if given in own}
    return {
        "model": f"{name}, torchvision {torchvision.__version__}, PyTorch {torch.__version__}, training in double precision",
        "input": {"formula": "u('input') mapped to 2u-1, NCHW", "shape": list(image.shape)},
        "featureParameters": sum(value.numel() for value in parameters.values()),
        "stateDict": [{"name": rename(given), "shape": list(value.shape)} for given, value in own.items()],
        "formulaCheck": {rename(given): value.flatten()[:4].tolist() for given, value in list(state.items())[:12]},
        "stochasticDepth": {given: float(f"{p:.9g}") for given, p in drops.items()},
        "eval": evaluation,
        "train": {
            "note": "batch statistics in every norm; loss = sum(pooled * cotangent), cotangent = 2u('cotangent') - 1",
            "pooled": {"shape": list(pooled.shape), "data": rounded(pooled.flatten().tolist())},
            "gradientNorms": {rename(given): float(f"{value.grad.norm().item():.6g}") for given, value in parameters.items()},
            "runningMeanAfter": {
                rename(given): rounded(value[:4].tolist())
                for given, value in list(net.state_dict().items())
                if given.endswith("running_mean")
            },
        },
    }


folder = pathlib.Path(sys.argv[1])
for name in sys.argv[2:] or SIZES:
    (folder / f"{name}-{SIZES[name]}.json").write_text(json.dumps(golden(name, SIZES[name]), separators=(",", ":")))
    print(name)
