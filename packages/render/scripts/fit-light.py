"""Fits the constants of src/light/lighting.ts and src/image/tone-curve.ts to what light-samples.mjs wrote.

    /usr/bin/python3 packages/render/scripts/fit-light.py samples.json      (needs numpy and scipy)
"""

import json
import sys

import numpy as np
from scipy.optimize import least_squares

rows = np.array([row for row in json.load(open(sys.argv[1])) if row[5] >= 0])
image, outside, ndv, ndl, ldv, lit = rows[:, :6].T
base, seen = rows[:, 6:9], rows[:, 9:12]
AMBIENT, A2, F0 = 0.1987, 0.0625, 0.04


def environment(cosine):
    """Share of an even ambient that GGX mirrors by single scattering, as src/light/lighting.ts has it."""
    sine = np.sqrt(1 - cosine * cosine)
    share = (np.arange(24) + 0.5) / 24
    hz = np.sqrt((1 - share) / (1 + (A2 - 1) * share))[:, None]
    hx = np.sqrt(1 - hz * hz) * np.cos((np.arange(24) + 0.5) * np.pi / 24)[None]
    vh = sine * hx + cosine * hz
    lz = 2 * vh * hz - cosine
    kept = (vh > 0) & (lz > 0)
    lz = np.where(kept, lz, 1)
    fresnel = F0 + (1 - F0) * (1 - vh) ** 5
    smith = 2 * lz * cosine / (cosine * np.sqrt(A2 + (1 - A2) * lz**2) + lz * np.sqrt(A2 + (1 - A2) * cosine**2))
    return np.where(kept, fresnel * smith * vh / (cosine * hz), 0).mean()


table = np.array([environment((k + 0.5) / 256) for k in range(256)])
mirrored = table[np.clip((ndv * 256).astype(int), 0, 255)]
half = np.sqrt(np.maximum(2 + 2 * ldv, 1e-12))
spread = ((ndl + ndv) / half) ** 2 * (A2 - 1) + 1
light = np.maximum(ndl, 1e-4)
smith = ndv * np.sqrt(A2 + (1 - A2) * light**2) + light * np.sqrt(A2 + (1 - A2) * ndv**2)
fresnel = F0 + (1 - F0) * (1 - half / 2) ** 5
glossy = np.where(lit > 0, fresnel * A2 * light / (np.pi * spread**2 * 2 * smith), 0)


def bytes_of(q, at):
    """q: mirrored ambient, sun, sun mirrored, the matrix, the curve's scale, shoulder and exponent."""
    diffuse = AMBIENT + q[1] / np.pi * np.where(lit[at] > 0, ndl[at], 0)
    mirror = AMBIENT * q[0] * mirrored[at] + q[2] * glossy[at]
    film = (base[at] * diffuse[:, None] + mirror[:, None]) @ q[3:12].reshape(3, 3).T
    y = np.maximum(film, 1e-9) ** q[14]
    return 255 * q[12] * y / (y + q[13])


notes = np.array([1.2, 1, 1, 0.9275, 0.0829, -0.0105, 0.0275, 0.8706, 0.1019, 0.0016, 0.0169, 0.9816, 0.9314, 0.2048, 0.93])


def fit(among, count=20000):
    at = np.random.default_rng(0).choice(among, min(count, len(among)), replace=False)
    q = least_squares(lambda q: (bytes_of(q, at) - seen[at]).ravel(), notes, loss="soft_l1", f_scale=2).x
    # Matrix and shoulder are known but for a common factor: rows of 1 in the mean.
    factor = q[3:12].sum() / 3
    q[3:12] /= factor
    q[13] /= factor ** q[14]
    return q


def difference(q, at):
    return np.abs(bytes_of(q, at) - seen[at]).mean()


every = np.arange(len(rows))
q = fit(every, 40000)
print("mirrored, sun, sun mirrored:", q[:3].round(4), "(the last is left at 1)")
print("matrix:", q[3:12].round(4).tolist())
print("scale, shoulder, exponent:", q[12:].round(4))
print(f"mean difference {difference(q, every):.2f} of 255")
for half_of in (0, 1):
    own, others = every[image % 2 == half_of], every[image % 2 != half_of]
    print(f"ten images by the constants of the other ten: {difference(fit(own), others):.2f}")
