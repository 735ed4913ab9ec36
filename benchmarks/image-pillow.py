"""Times Pillow's Image.resize; started by image.bench.mjs.

Gets the seconds that a measurement lasts at least, how many there are, and cases [[width, height, toWidth, toHeight], …] as JSON.
Writes one JSON object to standard output: for each case milliseconds of CPU time by filter, medians.
"""
import json
import platform
import sys
import time

import PIL
from PIL import Image

least, rounds, cases = float(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
FILTERS = {"lanczos": Image.LANCZOS, "bilinear": Image.BILINEAR}


def measure(run):
    run()
    times = []
    for _ in range(rounds):
        start, count = time.process_time(), 0
        while count == 0 or time.process_time() - start < least:
            run()
            count += 1
        times.append(1000 * (time.process_time() - start) / count)
    return sorted(times)[rounds // 2]


results = []
for width, height, to_width, to_height in cases:
    values = bytes((i * 2654435761 & 0xFFFFFFFF) >> 24 for i in range(width * 3))
    image = Image.frombytes("RGB", (width, height), values * height)
    results.append({name: measure(lambda: image.resize((to_width, to_height), filter)) for name, filter in FILTERS.items()})
print(json.dumps({"pillow": PIL.__version__, "python": platform.python_version(), "cases": results}))
