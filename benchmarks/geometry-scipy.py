"""Times scipy's two ways to a Hausdorff distance; started by geometry.bench.mjs.

Reads pairs of point clouds from standard input: for each cloud a little-endian uint32 point count, then float64 x, y, z.
Writes one JSON object to standard output.
"""

import json
import platform
import sys
import time

import numpy
import scipy
from scipy.spatial import cKDTree
from scipy.spatial.distance import directed_hausdorff


def read_clouds():
    data = sys.stdin.buffer.read()
    clouds, at = [], 0
    while at < len(data):
        count = int(numpy.frombuffer(data, "<u4", 1, at)[0])
        clouds.append(numpy.frombuffer(data, "<f8", 3 * count, at + 4).reshape(count, 3).copy())
        at += 4 + 24 * count
    return list(zip(clouds[0::2], clouds[1::2]))


def tree(a, b):
    """Nearest distances both ways."""
    return cKDTree(b).query(a)[0], cKDTree(a).query(b)[0]


def directed(a, b):
    return max(directed_hausdorff(a, b)[0], directed_hausdorff(b, a)[0])


def timed(function, a, b, repeats):
    times = []
    for _ in range(repeats):
        start = time.process_time()
        result = function(a, b)
        times.append(1e3 * (time.process_time() - start))
    return sorted(times)[repeats // 2], result


repeats = int(sys.argv[1])
pairs = []
for a, b in read_clouds():
    tree_ms, (ab, ba) = timed(tree, a, b, repeats)
    directed_ms, distance = timed(directed, a, b, repeats)
    pairs.append(
        {
            "cKDTreeMs": tree_ms,
            "directedHausdorffMs": directed_ms,
            "hausdorff": distance,
            "meanNearest": (ab.mean() + ba.mean()) / 2,
        }
    )
versions = {"python": platform.python_version(), "scipy": scipy.__version__, "numpy": numpy.__version__}
json.dump({"versions": versions, "pairs": pairs}, sys.stdout)
