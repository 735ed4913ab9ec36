"""Writes test/photographs/golden.json: what torchvision's preprocessing makes of the photographs beside it, on a grid of 12 × 12 pixels.

    /usr/bin/python3 scripts/photographs-golden.py

Needs torch, torchvision and Pillow. Each case twice where the two differ: on Pillow's images, as torchvision's recipes for weights of
ImageNet go, and on tensors with antialias=True. How the photographs were made of their sources: see test/photographs/README.md.
"""
import base64
import json
import pathlib

import numpy
import PIL
import torch
import torchvision
from PIL import Image
from torchvision import transforms as T
from torchvision.transforms import InterpolationMode as Mode

FOLDER = pathlib.Path(__file__).parent.parent / "test" / "photographs"
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
GRID = 12
MODES = {"bilinear": Mode.BILINEAR, "bicubic": Mode.BICUBIC, "lanczos": Mode.LANCZOS}
# Filter, size, and what the shorter side becomes before the middle is cut out; None: both sides become the size.
CASES = [
    ("bilinear", 224, 256), ("bicubic", 224, 256), ("bicubic", 240, 255), ("bilinear", 128, 128), ("bilinear", 224, None),
    ("bicubic", 96, None), ("lanczos", 224, None), ("bilinear", 224, 224),
]


def resized(image, mode, size, shorter, **options):
    if shorter is None:
        return T.Resize((size, size), interpolation=mode, **options)(image)
    return T.CenterCrop(size)(T.Resize(shorter, interpolation=mode, **options)(image))


def sample(tensor):
    """Normalised numbers of GRID × GRID pixels, [row, column, channel], float32, base64."""
    size = tensor.shape[-1]
    at = [i * size // GRID for i in range(GRID)]
    values = T.Normalize(MEAN, STD)(tensor).permute(1, 2, 0).numpy()[at][:, at]
    return base64.b64encode(numpy.ascontiguousarray(values, dtype="<f4").tobytes()).decode()


cases = []
for path in sorted([*FOLDER.glob("*.png"), *FOLDER.glob("*.jpg")]):
    image = Image.open(path).convert("RGB")
    pixels = torch.from_numpy(numpy.array(image)).permute(2, 0, 1)
    for name, size, shorter in CASES:
        case = {"photograph": path.name, "filter": name, "size": size, **({"shorterSide": shorter} if shorter else {})}
        case["pillow"] = sample(T.ToTensor()(resized(image, MODES[name], size, shorter)))
        if name == "bilinear":
            case["tensor"] = sample(resized(pixels, MODES[name], size, shorter, antialias=True).float() / 255)
        cases.append(case)

golden = {
    "source": f"torchvision {torchvision.__version__}, torch {torch.__version__}, Pillow {PIL.__version__}",
    "mean": MEAN,
    "std": STD,
    "grid": GRID,
    "cases": cases,
}
(FOLDER / "golden.json").write_text(json.dumps(golden) + "\n")
