"""The sweep of sweep_pytorch.py in NumPy, with the gradients written out: what a practitioner without PyTorch has.
usage: sweep_numpy.py THREADS [N [TIMES]]. NumPy's elementwise functions run on one thread, whatever THREADS is.
1e6 float32 logits in [-120,120], labels 0 and 1, naive and stable, value+gradient in float32 against float64 stable."""
import sys
import time

import numpy as np

N = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
TIMES = int(sys.argv[3]) if len(sys.argv) > 3 else 4
np.seterr(all="ignore")


def naive(x, z):
    s = 1 / (1 + np.exp(-x))
    value = -(z * np.log(s) + (1 - z) * np.log(1 - s))
    gradient = ((1 - z) / (1 - s) - z / s) * (s * (1 - s))
    return value, gradient


def stable(x, z):
    e = np.exp(-np.abs(x))
    value = np.maximum(x, 0) - x * z + np.log1p(e)
    gradient = np.where(x >= 0, 1 / (1 + e), e / (1 + e)) - z
    return value, gradient


def sweep():
    x = np.linspace(-120, 120, N, dtype=np.float32)
    report = {}
    for label in (0.0, 1.0):
        z = np.full_like(x, label)
        reference = stable(x.astype(np.float64), z.astype(np.float64))
        for f in (naive, stable):
            for name, computed, exact in zip(("value", "grad"), f(x, z), reference):
                bad = ~np.isfinite(computed)
                relative = np.abs(computed.astype(np.float64) - exact) / np.abs(exact) > 1e-3
                relative &= ~bad
                at = np.flatnonzero(bad | relative)
                ends = (float(x[at[0]]), float(x[at[-1]])) if len(at) else None
                nan, inf = int(np.isnan(computed).sum()), int(np.isinf(computed).sum())
                report[(label, f.__name__, name)] = (nan, inf, int(relative.sum()), ends)
    return report


best = float("inf")
for _ in range(TIMES):
    start = time.perf_counter()
    report = sweep()
    best = min(best, time.perf_counter() - start)
for key, counts in report.items():
    print(key, "nan %d inf %d rel>1e-3 %d range %s" % counts)
print(f"sweep 1 thr: {best:.3f} s  {2 * N / best:.0f} points/s (point = one x, one label, both implementations)")
