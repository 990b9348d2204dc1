#!/usr/bin/env python3
"""Writes fixtures/truth/losses/*.csv.gz: exact values and gradients of the catalogue's losses.

    pip install python-flint==0.9.0 mpmath==1.3.0
    python scripts/truth/losses.py

Output is deterministic: the same bytes on every run. The format is described in
fixtures/truth/losses/README.md.

Every number is an Arb ball (rigorous error bounds) at a precision that is doubled
until each of its relative errors is below 2^-110, so that all 30 digits printed are
right. The formulas are other ones than the TypeScript implementations', chosen so
that only cancellation that is inherent in the problem remains; what is exactly 0 is
recognised with rational arithmetic, since no ball can. Afterwards a sample of the
points is held against mpmath, with each loss coded by its definition on
probabilities and the gradient by numerical differentiation.
"""

import csv
import gzip
import io
import math
import pathlib
import random
import struct
from fractions import Fraction

import mpmath
from flint import arb, ctx, fmpq

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "fixtures" / "truth" / "losses"
DIGITS = 30
ACCURACY = 110  # bits; 30 digits are 99.7


# --- float32 ---------------------------------------------------------------------------------

def bits_of(x):
    return struct.unpack("<I", struct.pack("<f", x))[0]


def from_bits(bits):
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def f32(x):
    return from_bits(bits_of(x))


def ordinal(x):
    """float32 as an integer: neighbours differ by 1, -0 and 0 are both 0."""
    bits = bits_of(x)
    return -(bits & 0x7FFFFFFF) if bits >> 31 else bits


def from_ordinal(n):
    return from_bits(n if n >= 0 else 0x80000000 | -n)


# --- points ----------------------------------------------------------------------------------

# Where a float32 implementation of some loss changes: limits of exp, log and sigmoid in
# float16, bfloat16, float32 and float64, kernel thresholds, CenterNet's clamp and bias.
BOUNDARIES = [
    11.08987, 88.71893, 88.722839, 709.78271, 9.70406, 87.33654, 17.32868, 103.97208, 745.13322,
    7.62462, 5.54518, 16.635532, 36.7368, 8.31777, 6.23832, 37.42995, 14.556091, 9.010914, 9.21024,
    13.942385, 44.361419, 88.029691, 29.112183, 34.657359, 43.668272, math.log(2), 1, 2.19, 3, 8, 17.4,
    18, 20, 30, 33.3, 37, 80, 100, 120, 200, 1e4, 7.4e8, 2.0**24, 2.0**31, 2.0**53, 1.7014118e38,
]


def logits(rng, *, neighbours, uniform, near_zero, random_mantissas):
    """float32 over all exponents and both signs, at the boundaries, near 0 and over [-120, 120]."""
    points = [0.0, -0.0]
    positive = []
    for exponent in range(255):
        mantissas = [0, 0x7FFFFF] + [rng.getrandbits(23) for _ in range(random_mantissas)]
        positive += [from_bits(exponent << 23 | m) for m in mantissas]
    positive += [from_bits(1 << k) for k in range(23)]
    for boundary in BOUNDARIES:
        n = ordinal(f32(boundary))
        positive += [from_ordinal(n + k) for k in range(-neighbours, neighbours + 1)]
    for x in positive:
        points += [x, -x]
    points += [f32(rng.uniform(-1, 1)) for _ in range(near_zero)]
    points += [f32(rng.uniform(-120, 120)) for _ in range(uniform)]
    unique = {bits_of(x): x for x in points}
    return [x for _, x in sorted(unique.items(), key=lambda item: (ordinal(item[1]), item[0]))]


def between(rng):
    """A float32 label strictly between 0 and 1: common, extreme or random."""
    kind = rng.randrange(10)
    if kind < 4:
        return f32([0.5, 0.1, 0.9, 0.25][kind])
    if kind == 4:
        return f32(1 - 2.0**-24)
    if kind == 5:
        return f32(2.0 ** -rng.randrange(1, 150))
    if kind == 6:
        return f32(math.exp(-rng.uniform(0, 12)))
    return from_bits(rng.randrange(0x3C000000, 0x3F800000))


# --- exact evaluation ------------------------------------------------------------------------

def ball(q):
    """The ball of a rational number at the current precision; exact when it has few enough bits."""
    q = Fraction(q)
    return arb(fmpq(q.numerator, q.denominator))


def accurate(a):
    return a.is_zero() or a.rel_accuracy_bits() >= ACCURACY


def resolve(evaluate):
    """The balls of evaluate(), at a precision at which all of them are accurate."""
    precision = 256
    while precision <= 1 << 20:
        ctx.prec = precision
        result = evaluate()
        if all(accurate(a) for a in result):
            return result
        precision *= 2
    raise ArithmeticError("not resolved at a million bits: an exact 0 that is not recognised?")


def decimal(a):
    return "0" if a.is_zero() else a.str(DIGITS, radius=False)


def log1p_exp(x):
    """log(1 + exp(x)) of a rational x: log1p of an exponential that Arb's exponents always hold."""
    return ball(x).exp().log1p()


def sigmoid_cross_entropy(x, z):
    """max(x,0) - x*z is exact, log1p(exp(-|x|)) positive; the gradient has σ(x) or 1-σ(x), the small one."""
    x, z = Fraction(x), Fraction(z)
    if x == 0:
        return lambda: [arb(2).log(), ball(Fraction(1, 2) - z)]

    def evaluate():
        t = ball(-abs(x)).exp()
        small = t / (1 + t)
        value = ball(max(x, Fraction(0)) - x * z) + t.log1p()
        return [value, ball(1 - z) - small if x > 0 else small - ball(z)]

    return evaluate


def softplus(x):
    return sigmoid_cross_entropy(x, 0)


def focal_pixel(x, z):
    """With q = exp(x), 1-σ = 1/(1+q) and σ = q/(1+q). All terms of cost and slope are of one sign:
    z = 1: log(1+1/q)/(1+q)², slope -(1 + 2q·log(1+1/q))/(1+q)³
    z < 1: log(1+q)·q²/(1+q)²·(1-z)⁴, slope q²(q + 2·log(1+q))/(1+q)³·(1-z)⁴
    """
    q = ball(x).exp()
    if z == 1:
        log = (1 / q).log1p()
        return log / (1 + q) ** 2, -(1 + 2 * q * log) / (1 + q) ** 3
    if z < 1:
        log = q.log1p()
        weight = ball((1 - Fraction(z)) ** 4)
        return log * (q / (1 + q)) ** 2 * weight, q**2 * (q + 2 * log) / (1 + q) ** 3 * weight
    return arb(0), arb(0)


def heatmap_focal(xs, zs):
    """The sum over all pixels, by the number of labels that are 1, or by 1 if there are none."""
    divisor = max(sum(z == 1 for z in zs), 1)

    def evaluate():
        pixels = [focal_pixel(x, z) for x, z in zip(xs, zs)]
        return [a / divisor for a in [sum((v for v, _ in pixels), arb(0)), *(g for _, g in pixels)]]

    return evaluate


def odds_against(xs, i, others=lambda j: True):
    """Σ over j != i of exp(x_j - x_i) = (1-p_i)/p_i."""
    return sum(
        (ball(Fraction(x) - Fraction(xs[i])).exp() for j, x in enumerate(xs) if j != i and others(j)), arb(0))


def softmax_cross_entropy(xs, zs):
    """-log(p_i) = log1p(odds against i): a sum of positive terms. Gradient p_i·Σz - z_i =
    (Σz - z_i·(1 + odds))·p_i, where a class of the same logit adds 1 to the odds, exactly: the rest of
    them may be exp(-1e38)."""
    zs = [Fraction(z) for z in zs]
    total = sum(zs)

    def evaluate():
        odds = [odds_against(xs, i) for i in range(len(xs))]
        result = [sum((ball(z) * o.log1p() for z, o in zip(zs, odds)), arb(0))]
        for i, (x, z, o) in enumerate(zip(xs, zs, odds)):
            rest = odds_against(xs, i, lambda j: xs[j] != x)
            result.append((ball(total - z * xs.count(x)) - ball(z) * rest) / (1 + o))
        return result

    return evaluate


def log_sum_exp(xs):
    """The largest logit plus log1p(odds against it); the gradient is p_i = 1/(1 + odds against i)."""
    k = max(range(len(xs)), key=lambda i: xs[i])

    def evaluate():
        value = ball(Fraction(xs[k])) + odds_against(xs, k).log1p()
        return [value, *(1 / (1 + odds_against(xs, i)) for i in range(len(xs)))]

    return evaluate


# --- data ------------------------------------------------------------------------------------

def elements(rng, with_labels):
    xs = logits(rng, neighbours=3, uniform=1200, near_zero=150, random_mantissas=1)
    for x in xs:
        for z in [0.0, 1.0, between(rng)] if with_labels else [0.0]:
            yield [1], [x], [z]


def maps(rng):
    for x in logits(rng, neighbours=2, uniform=300, near_zero=60, random_mantissas=0):
        for z in [0.0, 1.0, between(rng)]:
            yield [1, 1, 1, 1], [x], [z]
    for n in range(500):
        shape = [[1, 2, 2, 1], [1, 1, 3, 2], [2, 2, 1, 2], [1, 3, 3, 1], [2, 1, 1, 1]][n % 5]
        size = math.prod(shape)
        scale = [1, 4, 12, 40, 120][n // 5 % 5]
        zs = [rng.choice([0.0, 0.0, between(rng)]) for _ in range(size)]
        for _ in range(n % 3):
            zs[rng.randrange(size)] = 1.0
        yield shape, [f32(rng.gauss(0, scale)) for _ in range(size)], zs


def rows(rng, count):
    for n, x in enumerate(logits(rng, neighbours=1, uniform=200, near_zero=40, random_mantissas=0)):
        classes = [2, 3, 5][n % 3]
        for z in [[0.0, 1.0], [1.0, between(rng)]][n % 2]:
            rest = [0.0] * (classes - 2)
            yield [1, classes], [x, 0.0, *rest], [z, f32(1 - z), *rest]
    for n in range(count):
        classes = [2, 3, 5][n % 3]
        scale = [0.1, 1, 5, 30, 100][n // 3 % 5]
        shift = [0, 0, 80, -80, 1000][n // 15 % 5]
        xs = [f32(rng.gauss(shift, scale)) for _ in range(classes)]
        if n % 7 == 0:
            xs[1] = xs[0]
        if n % 2:
            weights = [rng.expovariate(1) for _ in range(classes)]
            zs = [f32(w / sum(weights)) for w in weights]
        else:
            zs = [0.0] * classes
            zs[rng.randrange(classes)] = 1.0
        yield [1, classes], xs, zs
    # Near a log-sum-exp of 0, where it is ill-conditioned: logits log(w) with Σw = 1.
    for n in range(60):
        weights = [rng.expovariate(1) for _ in range([2, 3, 5][n % 3])]
        xs = [f32(math.log(w / sum(weights))) for w in weights]
        yield [1, len(xs)], xs, [1.0] + [0.0] * (len(xs) - 1)
    yield [1, 2], [f32(-0.775), f32(-0.6175)], [1.0, 0.0]


LOSSES = {
    "sigmoid-cross-entropy": (
        lambda rng: elements(rng, True), lambda xs, zs: sigmoid_cross_entropy(xs[0], zs[0])),
    "softplus": (lambda rng: elements(rng, False), lambda xs, zs: softplus(xs[0])),
    "heatmap-focal": (maps, heatmap_focal),
    "softmax-cross-entropy": (lambda rng: rows(rng, 900), softmax_cross_entropy),
    "log-sum-exp": (lambda rng: rows(rng, 600), lambda xs, zs: log_sum_exp(xs)),
}


def hexes(xs):
    return " ".join(f"{bits_of(x):08x}" for x in xs)


def compute(name):
    points, exact = LOSSES[name]
    data = []
    for shape, xs, zs in points(random.Random(name)):
        data.append((shape, xs, zs, resolve(exact(xs, zs))))
    return data


def write(name, data):
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["shape", "logits", "labels", "value", "gradient"])
    for shape, xs, zs, (value, *gradient) in data:
        table.writerow([
            "x".join(map(str, shape)), hexes(xs), hexes(zs), decimal(value), " ".join(map(decimal, gradient))])
    with open(OUT / f"{name}.csv.gz", "wb") as file:
        # mtime 0 and no file name in the header: the same bytes on every run.
        with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=file, mtime=0) as packed:
            packed.write(text.getvalue().encode())


# --- a second opinion ------------------------------------------------------------------------

def definition(name, xs, zs):
    """The loss by its definition, on probabilities, in mpmath."""
    exp, log = mpmath.exp, mpmath.log
    if name in ("log-sum-exp", "softmax-cross-entropy"):
        e = [exp(x) for x in xs]
        total = mpmath.fsum(e)
        return log(total) if name == "log-sum-exp" else -mpmath.fsum(z * log(a / total) for a, z in zip(e, zs))
    if name == "softplus":
        return log(1 + exp(xs[0]))
    ps = [1 / (1 + exp(-x)) for x in xs]
    if name == "sigmoid-cross-entropy":
        return -zs[0] * log(ps[0]) - (1 - zs[0]) * log(1 - ps[0])
    pos = mpmath.fsum(log(p) * (1 - p) ** 2 for p, z in zip(ps, zs) if z == 1)
    neg = mpmath.fsum(log(1 - p) * p**2 * (1 - z) ** 4 for p, z in zip(ps, zs) if z < 1)
    num_pos = sum(z == 1 for z in zs)
    return -neg if num_pos == 0 else -(pos + neg) / num_pos


def check(name, data):
    """Holds points of moderate logits against the definition, to 20 digits."""
    mpmath.mp.dps = 400
    candidates = [p for p in data if all(1e-30 < abs(x) < 300 or x == 0 for x in p[1])]
    sample = random.Random(0).sample(candidates, 150)
    h = mpmath.mpf(10) ** -130
    for _, xs, zs, (value, *gradient) in sample:
        xs, zs = [mpmath.mpf(x) for x in xs], [mpmath.mpf(z) for z in zs]
        expected = [definition(name, xs, zs)]
        for i in range(len(xs)):
            above, below = ([x + d * (i == j) for j, x in enumerate(xs)] for d in (h, -h))
            expected.append((definition(name, above, zs) - definition(name, below, zs)) / (2 * h))
        for ours, theirs in zip([value, *gradient], expected):
            ours = mpmath.mpf(decimal(ours))
            # A centred difference of a vanishing derivative is h² and rounding, not 0.
            assert abs(ours - theirs) <= mpmath.mpf(10) ** -20 * abs(theirs) + mpmath.mpf(10) ** -220, (
                name, xs, zs, ours, theirs)
    return len(sample)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for name in LOSSES:
        data = compute(name)
        checked = check(name, data)
        write(name, data)
        print(f"{name}: {len(data)} points, {checked} checked against mpmath")


if __name__ == "__main__":
    main()
