"""Pillow's results for the tests, and for comparisons with as many images as one likes.

    python3 scripts/pillow.py golden > test/golden/pillow.json
    python3 scripts/pillow.py serve       (started by compare-with-pillow.mjs)

Needs Pillow and numpy. test/patterns.ts makes the same images.
"""
import base64
import hashlib
import json
import sys

import numpy
import PIL
from PIL import Image

FILTERS = {"lanczos": Image.LANCZOS, "bicubic": Image.BICUBIC, "bilinear": Image.BILINEAR, "box": Image.BOX}
PATTERNS = ["noise", "edges", "study", "photo"]
# Width and height before and after: down, up, both, one pixel, one axis only, to many times as much and back, windows longer than a row.
SIZES = [
    (31, 31, 12, 12), (12, 12, 31, 31), (64, 64, 48, 48), (40, 40, 13, 13), (128, 128, 64, 64), (64, 64, 128, 128), (128, 128, 96, 96),
    (97, 61, 33, 50), (61, 97, 50, 33), (33, 50, 97, 61), (20, 50, 50, 20), (50, 20, 20, 50), (100, 75, 64, 48), (75, 100, 64, 64),
    (1, 1, 1, 1), (1, 1, 7, 5), (7, 5, 1, 1), (1, 9, 9, 1), (9, 1, 1, 9), (2, 2, 3, 3), (3, 3, 2, 2), (2, 1, 64, 64), (5, 4, 5, 4),
    (40, 30, 40, 11), (40, 30, 13, 30), (40, 30, 40, 77), (40, 30, 91, 30), (63, 64, 64, 63), (200, 3, 7, 90), (3, 200, 90, 7),
    (1000, 1, 16, 16), (1, 1000, 16, 16), (30000, 1, 7, 3), (1, 30000, 3, 7), (5000, 2, 1, 1), (2, 2, 301, 5), (3, 2, 5, 301),
    (618, 618, 224, 224), (224, 224, 618, 618), (640, 480, 224, 224), (317, 211, 96, 96), (255, 257, 16, 17), (17, 16, 257, 255),
]
FITS = [(50, 30, 32), (30, 50, 32), (31, 50, 32), (64, 64, 32), (7, 100, 25), (1, 300, 20), (300, 1, 20), (33, 20, 33), (20, 33, 33), (10, 9, 64),
        (3, 2, 3), (128, 127, 64), (25, 50, 31), (30000, 1, 24)]


def noise(indices):
    """A byte for each index, of all 256 values."""
    h = (indices.astype(numpy.uint64) * 2654435761 + 12345) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 2246822519) & 0xFFFFFFFF
    return ((h ^ (h >> 13)) >> 24).astype(numpy.int64)


def pattern(name, width, height, channels=3):
    """int64 [height, width, channels] of 0 to 255."""
    y, x, c = numpy.meshgrid(*map(numpy.arange, (height, width, channels)), indexing="ij")
    random = noise((y * width + x) * channels + c)
    if name == "edges":  # black and white, so that filters overshoot
        values = 255 * (((x // (c + 1)) + (y // 2)) % 2)
    elif name == "study":  # a shaded disc on the study's grey
        dx, dy, r2 = 2 * x + 1 - width, 2 * y + 1 - height, min(width, height) ** 2 * 3 // 4
        d2 = dx * dx + dy * dy
        values = numpy.where(d2 < r2, 40 + 50 * c + 110 * (r2 - d2) // max(1, r2), 197)
    elif name == "photo":  # slow and fast waves and some noise
        wave = lambda t, period: numpy.abs(t % (2 * period) - period) * 96 // period
        values = wave(7 * x + 3 * y + 40 * c, 150) + wave(11 * y - 2 * x + 5000 * 22, 90) + random // 4
    else:
        values = random
    if channels == 4:  # some opaque, some not there at all
        values[..., 3] = numpy.clip(2 * random[..., 3] - 128, 0, 255)
    return values


def image(values):
    return Image.fromarray(values.astype(numpy.uint8))


def resize(picture, size, filter):
    """Image.resize, rows first. Pillow up to 12 begins with the columns of images that are more than 100 times as high as wide, Pillow 13 of
    those that shrink in height by more than twice as many pixels as in width; that rounds differently. In two calls rows come first everywhere."""
    if picture.size[0] != size[0]:
        picture = picture.resize((size[0], picture.size[1]), filter)
    return picture.resize(size, filter)


def fit(picture, size, filter, padding, background):
    """What fitImage does, in Pillow's operations."""
    if picture.mode == "RGBA":
        behind = Image.new("RGB", picture.size, background)
        behind.paste(picture, mask=picture.getchannel("A"))
        picture = behind
    width, height = picture.size
    if padding == "squash":
        return resize(picture, (size, size), filter)
    if padding == "crop":
        side = min(width, height)
        left, top = (width - side) // 2, (height - side) // 2
        return resize(picture.crop((left, top, left + side, top + side)), (size, size), filter)
    longer = max(width, height)
    inner = [max(1, (2 * side * size + longer) // (2 * longer)) for side in (width, height)]
    out = Image.new("RGB", (size, size), background)
    out.paste(resize(picture, tuple(inner), filter), ((size - inner[0]) // 2, (size - inner[1]) // 2))
    return out


def sha(data):
    return hashlib.sha256(data).hexdigest()[:16]


def golden():
    whole, resized, fitted = [], [], []
    for name in PATTERNS:
        for filter in FILTERS:
            for width, height, to_width, to_height in SIZES:
                source = image(pattern(name, width, height))
                result = resize(source, (to_width, to_height), FILTERS[filter]).tobytes()
                resized.append([name, filter, width, height, to_width, to_height, sha(source.tobytes()), sha(result)])
                if name in ("edges", "photo") and (width, height, to_width, to_height) in [(31, 31, 12, 12), (12, 12, 31, 31), (9, 1, 1, 9)]:
                    whole.append([*resized[-1][:6], base64.b64encode(result).decode()])
    for index, (width, height, size) in enumerate(FITS):
        for padding in ("letterbox", "squash", "crop"):
            for channels in (3, 4):
                name, filter = ("photo", "noise")[index % 2], list(FILTERS)[(index + channels) % 4]
                background = (10 * index, 197, 255 - index)
                result = fit(image(pattern(name, width, height, channels)), size, FILTERS[filter], padding, background)
                fitted.append([name, filter, padding, list(background), channels, width, height, size, sha(result.tobytes())])
    rows = lambda list: "[\n" + ",\n".join(json.dumps(row) for row in list) + "\n]"
    print(f'{{\n"source": "Pillow {PIL.__version__}",\n"whole": {rows(whole)},\n"resized": {rows(resized)},\n"fitted": {rows(fitted)}\n}}')


def serve():
    """Requests on standard input: a line of JSON { width, height, toWidth, toHeight, filter }, then RGB bytes. Answers with
    Pillow's version on a line, then with RGB bytes to each."""
    old = int(PIL.__version__.split(".")[0]) < 13
    print(f"Pillow {PIL.__version__}", flush=True)
    for line in iter(sys.stdin.buffer.readline, b""):
        job = json.loads(line)
        data = sys.stdin.buffer.read(3 * job["width"] * job["height"])
        source = Image.frombytes("RGB", (job["width"], job["height"]), data)
        size, filter = (job["toWidth"], job["toHeight"]), FILTERS[job["filter"]]
        in_one_call = old and source.height <= 100 * source.width
        result = (source.resize(size, filter) if in_one_call else resize(source, size, filter)).tobytes()
        sys.stdout.buffer.write(result)
        sys.stdout.buffer.flush()


{"golden": golden, "serve": serve}[sys.argv[1]]()
