"""PyTorch beside training.bench.mjs: one JSON line a network, size and memory layout. One thread.

Arguments: models, sizes, batch, rounds (as training.bench.mjs passes them).
"""
import json
import sys
import time

import torch
import torchvision

torch.set_num_threads(1)
models, sizes, batch, rounds = sys.argv[1].split(","), sys.argv[2].split(","), int(sys.argv[3]), int(sys.argv[4])


def network(name):
    if name == "squeezeNet11":
        features = torchvision.models.squeezenet1_1(weights=None).features
        width = 512
    else:
        features = torchvision.models.efficientnet_b0(weights=None).features
        width = 1280
    return torch.nn.Sequential(features, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(width, 6))


def timed(run):
    clock, cpu = [], []
    for i in range(-2, rounds):
        start, start_cpu = time.perf_counter(), time.process_time()
        run()
        if i >= 0:
            clock.append((time.perf_counter() - start) * 1000 / batch)
            cpu.append((time.process_time() - start_cpu) * 1000 / batch)
    return {"clock": median(clock), "cpu": median(cpu)}


def median(values):
    return round(sorted(values)[len(values) // 2], 2)


for layout in ("default", "channels_last"):
    for name in models:
        for size in map(int, sizes):
            torch.manual_seed(1)
            net = network(name)
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

            net.eval()
            forward_time = timed(forward)
            net.train()
            result = {"who": f"PyTorch {torch.__version__} {layout}", "model": name, "size": size}
            print(json.dumps({**result, "forward": forward_time, "step": timed(step)}), flush=True)
