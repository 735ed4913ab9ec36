"""One contender of kan.bench.mjs: the PyTorch reference layers, from their published formulas, on one thread. Prints one JSON line.

Arguments: layer, widths (1280,6), batch, rounds. Names and shapes of the parameters are the reference's. Where a reference has several
forms, the one that is faster here: classic FourierKAN with einsum (its default multiplies out [batch, outputs, inputs, harmonics]),
GR-KAN by Horner's rule. FasterKAN is differentiated by autograd (the reference's own backward is not the derivative of its forward).
"""
import json
import math
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional


def uniform(shape, limit):
    return nn.Parameter(torch.empty(shape).uniform_(-limit, limit))


def normal(shape, deviation):
    return nn.Parameter(torch.randn(shape) * deviation)


class EfficientKAN(nn.Module):
    """Splines by Cox-de Boor on half-open intervals, beside a SiLU branch."""

    def __init__(self, inputs, outputs, grid_size=5, order=3):
        super().__init__()
        self.order = order
        knots = torch.arange(-order, grid_size + order + 1) * (2 / grid_size) - 1
        self.register_buffer("grid", knots.expand(inputs, -1).contiguous())
        self.base_weight = uniform((outputs, inputs), 1 / math.sqrt(inputs))
        self.spline_weight = uniform((outputs, inputs, grid_size + order), 0.05)
        self.spline_scaler = uniform((outputs, inputs), 1 / math.sqrt(inputs))

    def splines(self, x):
        grid, x = self.grid, x.unsqueeze(-1)
        bases = ((x >= grid[:, :-1]) & (x < grid[:, 1:])).to(x.dtype)
        for k in range(1, self.order + 1):
            rising = (x - grid[:, : -(k + 1)]) / (grid[:, k:-1] - grid[:, : -(k + 1)])
            falling = (grid[:, k + 1 :] - x) / (grid[:, k + 1 :] - grid[:, 1:-k])
            bases = rising * bases[:, :, :-1] + falling * bases[:, :, 1:]
        return bases.contiguous()

    def forward(self, x):
        base = functional.linear(functional.silu(x), self.base_weight)
        weight = self.spline_weight * self.spline_scaler.unsqueeze(-1)
        return base + functional.linear(self.splines(x).view(x.size(0), -1), weight.view(weight.size(0), -1))


class RandomFourier(nn.Module):
    def __init__(self, inputs, waves):
        super().__init__()
        self.weight = normal((inputs, waves), 1 / math.sqrt(1.64 * inputs))
        self.bias = nn.Parameter(torch.rand(waves) * 2 * math.pi)
        self.combination = nn.Linear(2 * waves, inputs)

    def forward(self, x):
        phase = x @ self.weight + self.bias
        return self.combination(torch.cat([torch.cos(phase), torch.sin(phase)], dim=-1))


class FourierKAN(nn.Module):
    """KAF's layer without layer norm and dropout."""

    def __init__(self, inputs, outputs, waves=8):
        super().__init__()
        self.base_scale = nn.Parameter(torch.tensor(1.0))
        self.spline_scale = nn.Parameter(torch.tensor(0.01))
        self.feature_transform = RandomFourier(inputs, waves)
        self.final_linear = nn.Linear(inputs, outputs)

    def forward(self, x):
        hidden = self.base_scale * functional.gelu(x) + self.spline_scale * self.feature_transform(x)
        return self.final_linear(hidden)


class ClassicFourierKAN(nn.Module):
    def __init__(self, inputs, outputs, harmonics=5):
        super().__init__()
        self.fouriercoeffs = normal((2, outputs, inputs, harmonics), 1 / math.sqrt(inputs * harmonics))
        self.bias = nn.Parameter(torch.zeros(1, outputs))
        self.register_buffer("k", torch.arange(1.0, harmonics + 1), persistent=False)

    def forward(self, x):
        angle = x.unsqueeze(-1) * self.k
        waves = torch.stack([torch.cos(angle), torch.sin(angle)])
        return torch.einsum("dbik,djik->bj", waves, self.fouriercoeffs) + self.bias


class ChebyKAN(nn.Module):
    def __init__(self, inputs, outputs, degree=4):
        super().__init__()
        self.cheby_coeffs = normal((inputs, outputs, degree + 1), 1 / (inputs * (degree + 1)))
        self.register_buffer("degrees", torch.arange(0.0, degree + 1), persistent=False)

    def forward(self, x):
        angle = torch.tanh(x).unsqueeze(-1).expand(-1, -1, len(self.degrees)).acos()
        return torch.einsum("bid,iod->bo", (angle * self.degrees).cos(), self.cheby_coeffs)


class JacobiKAN(nn.Module):
    def __init__(self, inputs, outputs, degree=4, a=1, b=1):
        super().__init__()
        self.degree, self.a, self.b = degree, a, b
        self.jacobi_coeffs = normal((inputs, outputs, degree + 1), 1 / (inputs * (degree + 1)))

    def forward(self, x):
        a, b, x = self.a, self.b, torch.tanh(x)
        values = torch.ones(*x.shape, self.degree + 1)
        values[:, :, 1] = ((a - b) + (a + b + 2) * x) / 2
        for n in range(2, self.degree + 1):
            s = 2 * n + a + b
            first = s * (s - 1) / (2 * n * (n + a + b))
            second = (s - 1) * (a * a - b * b) / (2 * n * (n + a + b) * (s - 2))
            third = (n + a - 1) * (n + b - 1) * s / (n * (n + a + b) * (s - 2))
            previous, older = values[:, :, n - 1].clone(), values[:, :, n - 2].clone()
            values[:, :, n] = (first * x + second) * previous - third * older
        return torch.einsum("bid,iod->bo", values, self.jacobi_coeffs)


class Centres(nn.Module):
    def __init__(self, low, high, count):
        super().__init__()
        self.register_buffer("grid", torch.linspace(low, high, count))


class FastKAN(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.layernorm = nn.LayerNorm(inputs)
        self.rbf = Centres(-2.0, 2.0, 8)
        self.spline_linear = nn.Linear(inputs * 8, outputs, bias=False)
        self.base_linear = nn.Linear(inputs, outputs)

    def forward(self, x):
        gaussians = torch.exp(-(((self.layernorm(x).unsqueeze(-1) - self.rbf.grid) / (4 / 7)) ** 2))
        return self.spline_linear(gaussians.view(x.size(0), -1)) + self.base_linear(functional.silu(x))


class FasterKAN(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.layernorm = nn.LayerNorm(inputs)
        self.rbf = Centres(-1.2, 0.2, 8)
        self.spline_linear = nn.Linear(inputs * 8, outputs, bias=False)

    def forward(self, x):
        switch = 1 - torch.tanh(self.layernorm(x).unsqueeze(-1) - self.rbf.grid) ** 2
        return self.spline_linear(switch.view(x.size(0), -1))


class WavKAN(nn.Module):
    def __init__(self, inputs, outputs, wavelet, batch_norm=True):
        super().__init__()
        self.wavelet = wavelet
        self.scale = nn.Parameter(torch.ones(outputs, inputs))
        self.translation = nn.Parameter(torch.zeros(outputs, inputs))
        self.wavelet_weights = uniform((outputs, inputs), 1 / math.sqrt(inputs))
        self.bn = nn.BatchNorm1d(outputs) if batch_norm else nn.Identity()

    def forward(self, x):
        u = (x.unsqueeze(1) - self.translation) / self.scale
        envelope = torch.exp(-0.5 * u**2)
        if self.wavelet == "mexicanHat":
            value = 2 / (math.sqrt(3) * math.pi**0.25) * (u**2 - 1) * envelope
        elif self.wavelet == "morlet":
            value = envelope * torch.cos(5.0 * u)
        else:
            value = -u * envelope
        return self.bn((value * self.wavelet_weights).sum(dim=2))


class Rational(nn.Module):
    """Groups of P5(x)/(1 + |b1 x + ... + b4 x^4|); the numerator is shared."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups
        numerator = [0, 0.5, 0.2499864, 0.05302745, 0.00569363, 0.000261008]
        self.weight_numerator = nn.Parameter(torch.tensor([numerator]))
        self.weight_denominator = nn.Parameter(torch.tensor([[0, 0.1060549, 0, 0.00052202]]).repeat(groups, 1))

    def forward(self, x):
        grouped = x.view(x.size(0), self.groups, -1)

        def horner(weight):
            value = weight[:, -1].view(1, -1, 1)
            for j in range(weight.size(1) - 2, -1, -1):
                value = value * grouped + weight[:, j].view(1, -1, 1)
            return value

        inner = horner(self.weight_denominator) * grouped
        return (horner(self.weight_numerator) / (1 + inner.abs())).view(x.shape)


class RationalKAN(nn.Module):
    def __init__(self, inputs, outputs, groups=None):
        super().__init__()
        self.rational = Rational(groups or next(count for count in range(8, 0, -1) if inputs % count == 0))
        self.linear = nn.Linear(inputs, outputs)

    def forward(self, x):
        return self.linear(self.rational(x))


LAYERS = {
    "dense": nn.Linear,
    "efficientKAN": EfficientKAN,
    "fourierKAN": FourierKAN,
    "classicFourierKAN": ClassicFourierKAN,
    "chebyshevKAN": ChebyKAN,
    "jacobiKAN": JacobiKAN,
    "fastKAN": FastKAN,
    "fasterKAN": FasterKAN,
    "waveletKAN-mexicanHat": lambda inputs, outputs: WavKAN(inputs, outputs, "mexicanHat"),
    "waveletKAN-morlet": lambda inputs, outputs: WavKAN(inputs, outputs, "morlet"),
    "waveletKAN-derivativeOfGaussian": lambda inputs, outputs: WavKAN(inputs, outputs, "dog"),
    "rationalKAN": RationalKAN,
}


def repeat(run, most, budget):
    times, end = [], time.perf_counter() + budget
    while len(times) < most and (len(times) < 3 or time.perf_counter() < end):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1000)
    return times


def timed(run, rounds):
    """Milliseconds of `rounds` runs (of fewer, at least 3, where they would take more than a second) after a warm-up."""
    repeat(run, 200, 0.4)
    return repeat(run, rounds, 1.0)


def peak_kilobytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main():
    name, widths, batch, rounds = sys.argv[1], [int(n) for n in sys.argv[2].split(",")], *map(int, sys.argv[3:5])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    before = peak_kilobytes()
    net = nn.Sequential(*(LAYERS[name](i, o) for i, o in zip(widths, widths[1:])))
    x = torch.randn(batch, widths[0], requires_grad=True)
    cotangent = torch.randn(batch, widths[-1])

    def forward():
        with torch.no_grad():
            (net(x) * cotangent).sum().item()

    def both():
        x.grad = None
        net.zero_grad(set_to_none=True)
        loss = (net(x) * cotangent).sum()
        loss.backward()
        loss.item()

    result = {"forward": timed(forward, rounds), "forwardAndBackward": timed(both, rounds)}
    peak = round((peak_kilobytes() - before) / 256) / 4
    print(json.dumps({"version": torch.__version__, **result, "peakMegabytes": peak}))


if __name__ == "__main__":
    main()
