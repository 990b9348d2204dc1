"""Writes fixtures/npy: arrays as numpy writes them, and what they hold.

    python scripts/npy-fixtures.py

Made with numpy 2.4. The names of the files that must be refused start with
"refused-"; test/inputs/npy.test.ts says why each is. expected.json has shape and
float32 bits, in row-major order, of all others.
"""

import json
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

FOLDER = Path(__file__).parent.parent / "fixtures" / "npy"
expected = {}


def save(name, array, version=None):
    with open(FOLDER / f"{name}.npy", "wb") as file:
        npy.write_array(file, array, version=version)
    if not name.startswith("refused-"):
        bits = np.ascontiguousarray(array).astype("<f4").view("<u4").ravel()
        expected[name] = {"shape": list(array.shape), "bits": [f"0x{b:08x}" for b in bits]}


FOLDER.mkdir(parents=True, exist_ok=True)
for old in FOLDER.glob("*.npy"):
    old.unlink()

random = np.random.default_rng(4)
cube = (random.standard_normal((2, 3, 4)) * 10.0 ** random.integers(-44, 38, (2, 3, 4))).astype("f4")
cube[0, 0, 0] = -0.0
save("float32", cube)
save("float32-big-endian", cube.astype(">f4"))
save("float32-fortran", np.asfortranarray(cube))
save("float32-fortran-big-endian", np.asfortranarray(cube.astype(">f4")))
save("float32-scalar", np.array(17.4, "f4"))
save("float32-vector", np.array([1.5, -2.5, 3.25], "f4"))
save("float32-map", np.arange(2 * 3 * 4 * 5, dtype="f4").reshape(2, 3, 4, 5) / 8)
save("float32-fortran-map", np.asfortranarray(np.arange(2 * 3 * 4 * 5, dtype="f4").reshape(2, 3, 4, 5) / 8))
save("float32-version-2", cube, version=(2, 0))
save("float32-version-3", cube, version=(3, 0))

halves = np.array([0x0000, 0x8000, 0x0001, 0x83FF, 0x0400, 0x3C00, 0x4C5A, 0x7BFF, 0xFBFF], "u2").view("f2")
save("float16", halves)
save("float16-big-endian", halves.astype(">f2"))
save("float64", np.array([[17.5, -0.0], [2.0**-149, 2.0**127]]))
save("float64-big-endian-fortran", np.asfortranarray(np.array([[1.5, 2.5, 3.5], [4.5, 5.5, 6.5]], ">f8")))
save("bool", np.array([[True, False], [False, True]]))
for kind in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]:
    largest = min(np.iinfo(kind).max, 2**24)
    save(f"integer-{kind}", np.array([largest, 0, np.iinfo(kind).min], kind))
save("integer-i4-big-endian", np.array([-(2**24), 65536, 1], ">i4"))
save("integer-i8-big-endian", np.array([-(2**62), 2**40, -1], ">i8"))

save("refused-float64-inexact", np.array([[17.5, 17.4], [17.4, 1e300]]))
save("refused-float64-inexact-fortran", np.asfortranarray(np.array([[1.0, 2.0, 0.1], [3.0, 4.0, 5.0]])))
save("refused-integer-inexact", np.array([1, 2**24 + 1, 2**24 + 2], "i4"))
save("refused-integer-i8-inexact", np.array([2**62, 2**62 + 1], "i8"))
save("refused-nan", np.array([[1, np.nan], [np.nan, np.inf]], "f4"))
save("refused-infinity", np.array([1, 2, -np.inf], "f4"))
save("refused-complex", np.array([1 + 2j], "c8"))
save("refused-structured", np.array([(1.0, 2.0)], [("x", "f4"), ("y", "f4")]))
save("refused-object", np.array([1, None], object))
save("refused-unicode", np.array(["17.4"]))
save("refused-bytes", np.array([b"17.4"]))
save("refused-date", np.array(["2020-01-01"], "M8[D]"))
save("refused-void", np.array([b"\x00\x41"], "V2"))
save("refused-long-double", np.array([1.0], np.longdouble))
save("refused-empty", np.zeros((0, 3), "f4"))

(FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
