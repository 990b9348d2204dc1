"""Correctly rounded values of the elementary functions, for test/arithmetic/ball-math.test.ts.

    python scripts/truth/elementary_functions.py > fixtures/truth/elementary-functions.csv

Needs mpmath. Each line is `function,argument[,argument],value`, float64 bits in hex. Arguments: all
exponents and both signs, the float32 numbers that programs start from, and the points where
implementations change method (near 0, ±1, multiples of pi/2, overflow, underflow, fdlibm's cut-offs).
2,400 bits leave more than 53 after any cancellation that a float64 argument can cause.
"""

import math
import random
import struct
import sys

import mpmath
from mpmath import mp, mpf

mp.prec = 2400

RANDOM = 700
HARD = [
    0.0, 0.25, 0.3465735902799726, 0.5, 0.6931471805599453, math.sqrt(0.5), 1.0, 1.0397207708399179,
    math.sqrt(2), 2.0, math.e, 3.0, 10.0, 17.32868, 18.0, 22.0, 33.3, 36.7368, 37.42995, 56.0, 88.72283,
    103.97208, 708.3964, 709.782712893384, 710.4758600739439, 745.1332191019411, 2.0**-28, 2.0**-29,
    2.0**-27, 2.0**-54, 2.0**28, 2.0**52, 2.0**53,
] + [k * math.pi / 4 for k in range(1, 12)] + [6381956970095103 * 2.0**797, 1e22]


def bits(x):
    return struct.pack(">d", x).hex()


def float32(x):
    return struct.unpack(">f", struct.pack(">f", x))[0]


def anywhere(rng, low, high):
    """A number whose binary exponent is uniform in [low, high]."""
    return math.copysign(math.ldexp(1 + rng.random(), rng.randint(low, high)), rng.random() - 0.5)


def arguments(rng, low, high):
    points = []
    for x in HARD:
        for sign in (1, -1):
            points += [sign * x, math.nextafter(sign * x, math.inf), math.nextafter(sign * x, -math.inf)]
            points.append(sign * x * (1 + rng.uniform(-1, 1) * 1e-6))
    points += [anywhere(rng, low, high) for _ in range(RANDOM)]
    points += [float32(anywhere(rng, -40, 40)) for _ in range(RANDOM // 3)]
    points += [rng.uniform(-120, 120) for _ in range(RANDOM // 3)]
    points += [rng.uniform(-2, 2) for _ in range(RANDOM)]
    return points


def sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def softplus(x):
    return mpmath.log1p(mpmath.exp(x))


def everywhere(x):
    return True


# name: (function, domain, binary exponents of the arguments)
FUNCTIONS = {
    "exp": (mpmath.exp, lambda x: abs(x) < 800, (-1000, 9)),
    "expm1": (mpmath.expm1, lambda x: abs(x) < 800, (-1000, 9)),
    "log": (mpmath.log, lambda x: x > 0, (-1074, 1023)),
    "log1p": (mpmath.log1p, lambda x: x > -1, (-1000, 1023)),
    "sigmoid": (sigmoid, lambda x: abs(x) < 800, (-1000, 9)),
    "softplus": (softplus, lambda x: abs(x) < 800, (-1000, 9)),
    "sin": (mpmath.sin, everywhere, (-1000, 1023)),
    "cos": (mpmath.cos, everywhere, (-1000, 1023)),
    "tan": (mpmath.tan, everywhere, (-1000, 1023)),
    "asin": (mpmath.asin, lambda x: abs(x) <= 1, (-1000, -1)),
    "acos": (mpmath.acos, lambda x: abs(x) <= 1, (-1000, -1)),
    "atan": (mpmath.atan, everywhere, (-1000, 1023)),
    "sinh": (mpmath.sinh, lambda x: abs(x) < 800, (-1000, 9)),
    "cosh": (mpmath.cosh, lambda x: abs(x) < 800, (-1000, 9)),
    "tanh": (mpmath.tanh, lambda x: abs(x) < 800, (-1000, 9)),
    "asinh": (mpmath.asinh, everywhere, (-1000, 1023)),
    "acosh": (mpmath.acosh, lambda x: x >= 1, (0, 1023)),
    "atanh": (mpmath.atanh, lambda x: abs(x) < 1, (-1000, -1)),
}


def main():
    # Lines of one function stay together, so the file compresses and diffs well.
    for name, (function, domain, exponents) in FUNCTIONS.items():
        rng = random.Random(name)
        seen = set()
        while len(seen) < 2200:
            for x in arguments(rng, *exponents):
                if len(seen) < 2200 and domain(x) and x not in seen:
                    seen.add(x)
                    print(name, bits(x), bits(float(function(mpf(x)))), sep=",")
    rng = random.Random("pow")
    for count in range(2200):
        base = abs(anywhere(rng, -60, 60)) if count % 2 else 1 + rng.uniform(-1, 1) * 10.0 ** rng.randint(-8, 0)
        limit = 700 / max(abs(math.log(base)), 1e-300) if base > 0 and base != 1 else 1.0
        power = rng.uniform(-1, 1) * min(limit, 1e15) if count % 3 else float(rng.randint(-8, 8))
        if base > 0:
            print("pow", bits(base), bits(power), bits(float(mpf(base) ** mpf(power))), sep=",")
    rng = random.Random("atan2")
    for count in range(2200):
        y, x = (anywhere(rng, -40, 40), anywhere(rng, -40, 40)) if count % 2 else (rng.uniform(-2, 2), rng.uniform(-2, 2))
        print("atan2", bits(y), bits(x), bits(float(mpmath.atan2(mpf(y), mpf(x)))), sep=",")


if __name__ == "__main__":
    sys.exit(main())
