"""Writes a checkpoint as the study's Python code does, with random weights, and prints what the network says of FOLDER/image.json.

    python3 study-network.py FOLDER KIND BACKBONE UNITS TIMM_NAMES

The head's layers have the names and definitions of their references (KAF's FastKAFLayer, efficient-kan's KANLinear, fast-kan's FastKANLayer
without layer norm); EfficientNet is torchvision's, under timm's names in timm's order.
"""
import json
import math
import sys

import torch
import torchvision
from torch import nn
from torch.nn import functional as F

folder, kind, backbone_name, units, timm_names = sys.argv[1:]
units, timm_names = json.loads(units), json.loads(timm_names)
torch.manual_seed(7)


class FourierFeatures(nn.Module):
    def __init__(self, inputs, count=8):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(inputs, count) / math.sqrt(1.64 * inputs))
        self.bias = nn.Parameter(torch.rand(count) * 2 * math.pi)
        self.combination = nn.Linear(2 * count, inputs)

    def forward(self, x):
        phase = x @ self.weight + self.bias
        return self.combination(torch.cat([phase.cos(), phase.sin()], -1))


class KAF(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.base_scale = nn.Parameter(torch.tensor(1.1))
        self.spline_scale = nn.Parameter(torch.tensor(0.3))
        self.feature_transform = FourierFeatures(inputs)
        self.final_linear = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.final_linear(self.base_scale * F.gelu(x) + self.spline_scale * self.feature_transform(x))


class KANLinear(nn.Module):
    def __init__(self, inputs, outputs, grid=5, order=3):
        super().__init__()
        self.order = order
        knots = torch.arange(-order, grid + order + 1) * (2 / grid) - 1
        self.register_buffer("grid", knots.expand(inputs, -1).contiguous())
        self.base_weight = nn.Parameter(torch.randn(outputs, inputs) / math.sqrt(inputs))
        self.spline_weight = nn.Parameter(torch.randn(outputs, inputs, grid + order) * 0.1)
        self.spline_scaler = nn.Parameter(torch.randn(outputs, inputs) / math.sqrt(inputs))

    def forward(self, x):
        t, x1 = self.grid, x.unsqueeze(-1)
        bases = ((x1 >= t[:, :-1]) & (x1 < t[:, 1:])).to(x.dtype)
        for k in range(1, self.order + 1):
            left = (x1 - t[:, : -(k + 1)]) / (t[:, k:-1] - t[:, : -(k + 1)]) * bases[:, :, :-1]
            right = (t[:, k + 1 :] - x1) / (t[:, k + 1 :] - t[:, 1:-k]) * bases[:, :, 1:]
            bases = left + right
        spline = (self.spline_weight * self.spline_scaler.unsqueeze(-1)).flatten(1)
        return F.linear(F.silu(x), self.base_weight) + F.linear(bases.flatten(1), spline)


class RadialBasis(nn.Module):
    def __init__(self):
        super().__init__()
        self.grid = nn.Parameter(torch.linspace(-2, 2, 8), requires_grad=False)

    def forward(self, x):
        return torch.exp(-(((x[..., None] - self.grid) / (4 / 7)) ** 2))


class FastKAN(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.rbf = RadialBasis()
        self.spline_linear = nn.Linear(8 * inputs, outputs, bias=False)
        self.base_linear = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.spline_linear(self.rbf(x).flatten(-2)) + self.base_linear(F.silu(x))


KINDS = {"mlp": nn.Linear, "fourierKAN": KAF, "efficientKAN": KANLinear, "fastKAN": FastKAN}


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = getattr(torchvision.models, backbone_name)()
        self.backbone.classifier = nn.Identity()
        widths = [512 if "squeeze" in backbone_name else 1280, *units]
        self.count = len(units)
        for i in range(self.count):
            setattr(self, f"fc{i + 1}", KINDS[kind](widths[i], widths[i + 1]))

    def forward(self, x):
        x = self.backbone.features(x).mean((2, 3))
        for i in range(self.count):
            x = getattr(self, f"fc{i + 1}")(x)
            if kind == "mlp" and i < self.count - 1:
                x = torch.relu(x)
        return x


net = Network()
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
x = torch.tensor(json.load(open(f"{folder}/image.json"))).reshape(2, 64, 64, 3).permute(0, 3, 1, 2)
net(x).square().mean().backward()
optimizer.step()
net.eval()
state = net.state_dict()
if timm_names:
    own = [name for name in state if name.startswith("backbone.")]
    new = dict(zip(own, (f"backbone.{name}" for name in timm_names)))
    assert len(own) == len(timm_names)
    state = {new.get(name, name): value for name, value in state.items()}
torch.save({"model_state_dict": state, "optimizer_state_dict": optimizer.state_dict()}, f"{folder}/study.pt")
with torch.no_grad():
    print(json.dumps(net(x).flatten().tolist()))
