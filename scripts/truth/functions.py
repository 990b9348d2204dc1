"""Writes fixtures/truth/functions.csv: elementary functions and their derivatives, to 42 digits.

    pip install python-flint
    python scripts/truth/functions.py > fixtures/truth/functions.csv

Every value is computed by Arb as a ball at rising precision until the ball has
50 correct digits, straight from the definition (softplus is log(1 + exp(x)),
its derivative is exp(x)/(1 + exp(x)) and so on), so no formula that is tested
is used here. Columns: function, x, y (empty for functions of one argument),
value, derivative by x, derivative by y. `undefined` stands where there is no
real number and no infinity; an empty derivative is not tested.
"""

import math
import random
import struct
import sys

from flint import arb, ctx

DIGITS = 42
random_source = random.Random(20240607)


def float32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def all_exponents():
    """Both signs, random fractions, float32 exponents from the smallest subnormal up, then float64 ones."""
    points = []
    for exponent in range(-149, 128, 9):
        for sign in (1, -1):
            points.append(float32(sign * math.ldexp(random_source.uniform(1, 2), exponent)))
    for exponent in range(-1074, 1024, 131):
        for sign in (1, -1):
            points.append(sign * math.ldexp(random_source.uniform(1, 2), exponent))
    return points


# Zeros, ties, poles, and the cut-offs at which float32 and float64 code changes its formula or saturates.
SPECIAL = [
    0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.5, 4.0, 10.0,
    math.nextafter(1, 0), math.nextafter(1, 2), float32(1 - 2**-24), float32(1 + 2**-23),
    math.log(2), math.pi / 2, math.pi, 2 * math.pi, float32(math.pi), 1e22, 6381956970095103 * 2.0**797,
    7.62462, 8.31777, 9.010914, 9.21024, 14.556091, 16.635532, 17.32868, 18.0, 19.0, 33.3, 36.7368, 37.0, 37.42995,
    87.33654, 88.0, 88.722831726074, 88.72284, 103.97208, 104.0, 120.0, 200.0, 709.78271, 745.13322, 800.0,
    1e4, 65504.0,
    2.0**-126, 2.0**-149, float32(3.4028234663852886e38), 1.7976931348623157e308, 5e-324,
]
POINTS = sorted(set(all_exponents()) | set(SPECIAL) | {-x for x in SPECIAL if x != 0})
MODERATE = [x for x in POINTS if abs(x) <= 7e4]
SMALL = [x for x in POINTS if abs(x) <= 200]

one = arb(1)


def sigmoid(x):
    return one / (one + (-x).exp())


def sigmoid_slope(x):
    return (-x).exp() / (one + (-x).exp()) ** 2


def inside(f, condition):
    return lambda x: f(x) if condition(x) else None


def root(f):
    """1/sqrt(f): the derivative of an inverse function, where it is finite."""
    return lambda x: one / f(x).sqrt() if f(x) > 0 else None


def above(bound, f):
    return inside(f, lambda x: x > bound)


def below_one(f):
    return inside(f, lambda x: abs(x) < 1)


# name: (points, function, derivative). None: undefined there, or not tested.
UNARY = {
    "exp": (MODERATE, lambda x: x.exp(), lambda x: x.exp()),
    "expm1": (MODERATE, lambda x: x.exp() - 1, lambda x: x.exp()),
    "log": (POINTS, above(0, lambda x: x.log()), above(0, lambda x: one / x)),
    "log1p": (POINTS, above(-1, lambda x: (one + x).log()), above(-1, lambda x: one / (one + x))),
    "sigmoid": ([x for x in POINTS if x >= -7e4], sigmoid, lambda x: sigmoid_slope(x) if x < 7e4 else None),
    # Beyond 7e4 log(1 + exp(x)) is x to 30,000 digits.
    "softplus": ([x for x in POINTS if x >= -7e4], lambda x: (one + x.exp()).log() if x < 7e4 else x, sigmoid),
    "square": (POINTS, lambda x: x * x, lambda x: 2 * x),
    "sqrt": (POINTS, inside(lambda x: x.sqrt(), lambda x: x >= 0), above(0, lambda x: one / (2 * x.sqrt()))),
    "abs": (POINTS, lambda x: abs(x), lambda x: None if x == 0 else one if x > 0 else -one),
    "sin": (POINTS, lambda x: x.sin(), lambda x: x.cos()),
    "cos": (POINTS, lambda x: x.cos(), lambda x: -x.sin()),
    "tan": (POINTS, lambda x: x.sin() / x.cos(), lambda x: one / x.cos() ** 2),
    "asin": (POINTS, inside(lambda x: x.asin(), lambda x: abs(x) <= 1), root(lambda x: one - x * x)),
    "acos": (
        POINTS,
        inside(lambda x: x.acos(), lambda x: abs(x) <= 1),
        below_one(lambda x: -one / (one - x * x).sqrt()),
    ),
    "atan": (POINTS, lambda x: x.atan(), lambda x: one / (one + x * x)),
    "sinh": (MODERATE, lambda x: (x.exp() - (-x).exp()) / 2, lambda x: (x.exp() + (-x).exp()) / 2),
    "cosh": (MODERATE, lambda x: (x.exp() + (-x).exp()) / 2, lambda x: (x.exp() - (-x).exp()) / 2),
    "tanh": (MODERATE, lambda x: one - 2 / ((2 * x).exp() + 1), lambda x: 4 / (x.exp() + (-x).exp()) ** 2),
    "asinh": (POINTS, lambda x: (x + (x * x + 1).sqrt()).log(), root(lambda x: one + x * x)),
    "acosh": (
        POINTS,
        inside(lambda x: x.acosh(), lambda x: x >= 1),
        above(1, lambda x: one / (x * x - 1).sqrt()),
    ),
    "atanh": (
        POINTS,
        below_one(lambda x: ((one + x) / (one - x)).log() / 2),
        below_one(lambda x: one / (one - x * x)),
    ),
    "erf": (SMALL, lambda x: x.erf(), lambda x: 2 / arb.pi().sqrt() * (-x * x).exp()),
}

INFINITE = {("log", 0.0): "-inf", ("log1p", -1.0): "-inf", ("atanh", 1.0): "inf", ("atanh", -1.0): "-inf"}

STEPS = {"floor": math.floor, "ceil": math.ceil, "round": round}


def digits(compute):
    """The value that `compute` tends to at rising precision, to DIGITS digits."""
    for bits in (300, 1500, 6000, 24000, 100000, 400000):
        ctx.prec = bits
        value = compute()
        if value is None:
            return None
        if value == 0:
            return "0"
        if value.is_finite() and value.rel_accuracy_bits() > 170:
            return value.str(DIGITS, radius=False)
    raise ArithmeticError("not enough bits")


def row(name, x, y, value, by_x, by_y):
    if value is None:
        value = INFINITE.get((name, x), "undefined")
    cells = [name, repr(x), "" if y is None else repr(y), value, by_x or "", by_y or ""]
    sys.stdout.write(",".join(cells) + "\n")


def unary():
    for name, (points, f, slope) in UNARY.items():
        for x in points:
            row(name, x, None, digits(lambda: f(arb(x))), digits(lambda: slope(arb(x))), None)
    for name, f in STEPS.items():
        for x in POINTS:
            row(name, x, None, str(f(x)) if abs(x) < 2**53 else digits(lambda: arb(x)), "0", None)


def powers():
    bases = [2.0**-149, 1e-10, float32(0.1), 0.5, float32(1 - 2**-24)]
    bases += [1.0, float32(1 + 2**-23), 1.5, 2.0, 10.0, 12345.678, 3e38]
    exponents = [0.0, 1.0, 2.0, 3.0, 4.0, 7.0, 0.5, 1.5, float32(1 / 3), 0.001, 17.25, 100.0, 1001.0]
    for base in bases:
        for exponent in sorted(exponents + [-y for y in exponents if y]):
            value = digits(lambda: arb(base) ** arb(exponent))
            by_x = digits(lambda: arb(exponent) * arb(base) ** (arb(exponent) - 1))
            by_y = digits(lambda: arb(base).log() * arb(base) ** arb(exponent))
            row("pow", base, exponent, value, by_x, by_y)
            negative = None
            if exponent == int(exponent):
                negative = digits(lambda: arb(-base) ** int(exponent))
            row("pow", -base, exponent, negative, None, None)


def angles():
    coordinates = [0.0, 2.0**-149, 1e-10, float32(0.1), 1.0, float32(1 + 2**-23), 3.0, 1e10, 3e38]
    signed = sorted(coordinates + [-c for c in coordinates if c])
    for y in signed:
        for x in signed:
            if x == 0 and y == 0:
                continue
            squared = lambda: arb(x) * arb(x) + arb(y) * arb(y)
            by_y = digits(lambda: arb(x) / squared())
            by_x = digits(lambda: -arb(y) / squared())
            # The first argument of atan2 is y. On the cut there is no derivative.
            cut = y == 0 and x < 0
            value = digits(lambda: arb.atan2(arb(y), arb(x)))
            row("atan2", y, x, value, None if cut else by_y, None if cut else by_x)


unary()
powers()
angles()
