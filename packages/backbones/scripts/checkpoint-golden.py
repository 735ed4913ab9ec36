"""Golden data of the readers of weights: small files that torch and safetensors write, and the numbers in them.

    python3 scripts/checkpoint-golden.py test/golden/weights

Needs torch and safetensors; timm and torchvision for the names. Every number is a small multiple of 1/8 and so the same in half
precision.
"""
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)


def numbers(*shape, start=0):
    count = 1
    for side in shape:
        count *= side
    return ((torch.arange(count, dtype=torch.float32) + start) / 8 - 2).reshape(shape)


shared = numbers(4, 6)
state = {
    "plain.weight": numbers(3, 2, 2, 2),
    "shared.whole": shared,
    "shared.row": shared[2],
    "shared.transposed": shared.t(),
    "shared.strided": shared[1:, ::2],
    "permuted.weight": numbers(2, 3, 4, 5).permute(3, 0, 2, 1),
    "parameter": torch.nn.Parameter(numbers(5)),
    "half": numbers(7).half(),
    "bfloat": numbers(7).bfloat16(),
    "double": numbers(3).double(),
    "scalar": torch.tensor(2.5),
    "empty": torch.zeros(0, 3),
    "norm.num_batches_tracked": torch.tensor(12345678901),
    "int": torch.tensor([-3, 4], dtype=torch.int32),
    "short": torch.tensor([-3, 4], dtype=torch.int16),
    "byte": torch.tensor([3, 255], dtype=torch.uint8),
    "bool": torch.tensor([True, False]),
}
checkpoint = {
    "epoch": 3,
    "best_loss": 0.125,
    "model_state_dict": state,
    "optimizer_state_dict": {"state": {0: {"step": torch.tensor(2.0)}}, "param_groups": [{"lr": 1e-4, "betas": (0.9, 0.999), "foreach": None}]},
}
torch.save(checkpoint, folder / "tensors.pt")
torch.save(checkpoint, folder / "tensors-legacy.pt", _use_new_zipfile_serialization=False)
torch.save(checkpoint, folder / "tensors-protocol-4.pt", pickle_protocol=4)
module = torch.nn.Sequential(torch.nn.Conv2d(2, 3, 1), torch.nn.BatchNorm2d(3))
torch.save(module.state_dict(), folder / "state-dict.pt")
torch.save(module, folder / "whole-module.pt")
save_file({name: value.detach().contiguous().clone() for name, value in state.items()}, folder / "tensors.safetensors", {"format": "pt"})
expected = {
    name: {"shape": list(value.shape), "data": [float(one) for one in value.detach().flatten().tolist()]}
    for name, value in state.items()
}
(folder / "tensors.json").write_text(json.dumps(expected))

names = {}
try:
    import timm

    for model in ["efficientnet_b0", "efficientnet_b1", "efficientnet_lite0", "mobilenetv3_small_100"]:
        names[model] = list(timm.create_model(model).state_dict())
    (folder / "timm-names.json").write_text(json.dumps(names))
except ImportError:
    print("timm is not installed: its names stay as they are")
