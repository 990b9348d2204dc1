"""Writes fixtures/heatmaps/splats.json: CenterNet's radius rule and splats, by numpy.

    python scripts/heatmap-fixtures.py

`radii`: all three quadratics of the rule, solved and the smallest taken, for
boxes of integer sides. `maps`: splats drawn over the whole map at once, as
float32. Written from the formulas; src/inputs/gaussian.ts has their derivation.
"""

import json
from pathlib import Path

import numpy as np


def radius(h, w, t):
    def root(a, b, c):
        return (b + np.sqrt(b * b - 4 * a * c)) / 2

    shifted = root(1, h + w, h * w * (1 - t) / (1 + t))
    inside = root(4, 2 * (h + w), (1 - t) * h * w)
    outside = root(4 * t, -2 * t * (h + w), (t - 1) * h * w)
    return min(shifted, inside, outside)


def draw(shape, splats):
    height, width, _ = shape
    labels = np.zeros(shape, "f4")
    rows, columns = np.mgrid[0:height, 0:width]
    for y, x, k, r in splats:
        sigma = (2 * r + 1) / 6
        gaussian = np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / (2 * sigma**2))
        gaussian[(abs(rows - y) > r) | (abs(columns - x) > r)] = 0
        labels[:, :, k] = np.maximum(labels[:, :, k], gaussian.astype("f4"))
    return labels


random = np.random.default_rng(3)
sides = [1, 2, 3, 4, 5, 7, 8, 11, 14, 16, 23, 32, 47, 64, 95, 128]
radii = [[h, w, t, radius(h, w, t)] for t in (0.3, 0.5, 0.7, 0.9) for h in sides for w in sides]

maps = []
for shape, splats in [
    ((9, 9, 1), [(4, 4, 0, 3)]),
    ((5, 7, 2), [(0, 0, 0, 2), (4, 6, 1, 4), (2, 3, 1, 0)]),
    ((12, 10, 3), [tuple(int(random.integers(n)) for n in (12, 10, 3, 6)) for _ in range(8)]),
]:
    labels = draw(shape, splats)
    maps.append({"shape": shape, "splats": splats, "labels": [float(f"{v:.9g}") for v in labels.ravel()]})

folder = Path(__file__).parent.parent / "fixtures" / "heatmaps"
folder.mkdir(exist_ok=True)
rows = ",\n".join(json.dumps(row) for row in radii)
grids = ",\n".join(json.dumps(row) for row in maps)
(folder / "splats.json").write_text(f'{{"radii": [\n{rows}\n],\n"maps": [\n{grids}\n]}}\n')
