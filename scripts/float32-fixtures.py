"""Writes fixtures/float32/decimals.json.

    python scripts/float32-fixtures.py

`shortest`: float32 bits and the shortest decimal that rounds to them, by numpy
(Dragon4). `nearest`: decimals and the bits of the nearest float32, ties to
even, by exact rational arithmetic: halfway points between floats, and decimals
so close to them that float64 can't tell.
"""

import json
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

import numpy as np

getcontext().prec = 400
random = np.random.default_rng(32)


def value(bits):
    return Fraction(float(np.uint32(bits).view("f4")))


def nearest(decimal):
    """The float32 bits of the nearest positive float, found by bisection on the bits."""
    low, high = 0, 0x7F800000
    exact = Fraction(decimal)
    upper = lambda bits: value(bits) if bits < 0x7F800000 else Fraction(2) ** 128
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if upper(middle) <= exact else (low, middle)
    below, above = exact - upper(low), upper(high) - exact
    return low if below < above or (below == above and low % 2 == 0) else high


powers = [(e + 127) << 23 for e in range(-126, 128)] + [1 << k for k in range(23)]
edges = [b + d for b in powers for d in (-1, 1) if b + d > 0]
others = [int(b) for b in random.integers(1, 0x7F800000, 500)]
shortest = [
    [f"0x{b:08x}", np.format_float_scientific(np.uint32(b).view("f4"), unique=True, trim="-")]
    for b in sorted(set(powers + edges + others))
]

decimals = ["0.1", "17.4", "16777217", "16777219", "3.4028235e38", "1e-45", "1e-46", "7e-46", "7.1e-46"]
for bits in [0, 1, 2, 0x7FFFFF, 0x800000, 0x3F800000, 0x3F7FFFFF, 0x418B3333, 0x7F7FFFFE, 0x7F7FFFFF] + others[:40]:
    above = value(bits + 1) if bits < 0x7F7FFFFF else Fraction(2) ** 128
    half = (value(bits) + above) / 2
    exact = Decimal(half.numerator) / Decimal(half.denominator)
    nudge = exact.scaleb(-60)
    decimals += [str(exact), str(exact - nudge), str(exact + nudge)]

result = {"shortest": shortest, "nearest": [[d, f"0x{nearest(d):08x}"] for d in decimals]}
lines = {key: ",\n".join(json.dumps(row) for row in rows) for key, rows in result.items()}
path = Path(__file__).parent.parent / "fixtures" / "float32" / "decimals.json"
path.parent.mkdir(exist_ok=True)
path.write_text("{" + ",\n".join(f'"{key}": [\n{rows}\n]' for key, rows in lines.items()) + "}\n")
