"""One contender of training.bench.mjs and backbones.bench.mjs: PyTorch. Prints one JSON line.

Arguments: layout (default or channels_last), model, size, batch, rounds, threads, what (forward,step or one of them), rounds of warming up.
"""
import json
import resource
import sys
import time

import torch
import torchvision

layout, name = sys.argv[1:3]
size, batch, rounds, threads = map(int, sys.argv[3:7])
what, warm_up = sys.argv[7].split(","), int(sys.argv[8])
torch.set_num_threads(threads)
torch.manual_seed(1)


def small_cnn():
    stages, channels = [], 3
    for filters, pool in [(16, True), (32, True), (48, True), (96, True), (128, False), (192, False)]:
        stages += [torch.nn.Conv2d(channels, filters, 3, padding=1, bias=False)]
        stages += [torch.nn.MaxPool2d(2)] if pool else []
        stages += [torch.nn.BatchNorm2d(filters), torch.nn.ReLU(inplace=True)]
        channels = filters
    return torch.nn.Sequential(*stages, torch.nn.AdaptiveAvgPool2d(4), torch.nn.Flatten(), torch.nn.Linear(3072, 6))


def network():
    if name == "smallCnn":
        return small_cnn()
    if name.startswith("squeezeNet"):
        version = {"squeezeNet10": torchvision.models.squeezenet1_0, "squeezeNet11": torchvision.models.squeezenet1_1}[name]
        features, width = version(weights=None).features, 512
    elif name == "mobileNetV3Small":
        features, width = torchvision.models.mobilenet_v3_small(weights=None).features, 576
    elif name.startswith("efficientNetB"):
        whole = getattr(torchvision.models, f"efficientnet_{name[-2:].lower()}")(weights=None)
        features, width = whole.features, whole.classifier[1].in_features
    elif name == "efficientNetLite0":
        try:
            import timm
        except ImportError:
            sys.exit("efficientnet_lite0 is timm's, which is not installed")
        features, width = timm.create_model("efficientnet_lite0", num_classes=0, global_pool=""), 1280
    else:
        sys.exit(f"torchvision has no {name}")
    return torch.nn.Sequential(features, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(width, 6))


def timed(run):
    clock, cpu = [], []
    for i in range(-warm_up, rounds):
        start, start_cpu = time.perf_counter(), time.process_time()
        run()
        if i >= 0:
            clock.append((time.perf_counter() - start) * 1000 / batch)
            cpu.append((time.process_time() - start_cpu) * 1000 / batch)
    return {"clock": clock, "cpu": cpu}


net = network()
x = torch.randn(batch, 3, size, size)
y = torch.rand(batch, 6)
if layout == "channels_last":
    net = net.to(memory_format=torch.channels_last)
    x = x.contiguous(memory_format=torch.channels_last)
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-4)


def forward():
    with torch.no_grad():
        net(x)


def step():
    optimizer.zero_grad()
    torch.nn.functional.mse_loss(net(x), y).backward()
    optimizer.step()


found = {"version": torch.__version__}
if "forward" in what:
    net.eval()
    found["forward"] = timed(forward)
if "step" in what:
    net.train()
    found["step"] = timed(step)
peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
print(json.dumps({**found, "peakMegabytes": peak}))
