import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bits, fromBits, fromOrdinal, isSubnormal, ordinal, ulp32 } from "../../src/inputs/float32.js";
import { InputError } from "../../src/inputs/input-error.js";

const FLT_MAX = (2 - 2 ** -23) * 2 ** 127;
const anyBits = fc.integer({ min: 0, max: 0xffffffff });
const anyOrdinal = fc.integer({ min: -0x7f800000, max: 0x7f800000 });

/** The float32 of a bit pattern, made without the code under test. */
function float(pattern: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, pattern);
  return view.getFloat32(0);
}

describe("ordinal", () => {
  it.each([
    [0, 0],
    [-0, 0],
    [2 ** -149, 1],
    [-(2 ** -149), -1],
    [2 ** -126, 0x00800000],
    [1, 0x3f800000],
    [-1, -0x3f800000],
    [FLT_MAX, 0x7f7fffff],
    [Number.POSITIVE_INFINITY, 0x7f800000],
    [Number.NEGATIVE_INFINITY, -0x7f800000],
  ])("of %d is %d", (x, n) => {
    expect(ordinal(x)).toBe(n);
  });

  it("of NaN is NaN", () => {
    expect(ordinal(Number.NaN)).toBeNaN();
  });

  it("is undone by fromOrdinal for every float but -0, which becomes 0", () => {
    fc.assert(
      fc.property(anyBits, (pattern) => {
        const x = float(pattern);
        fc.pre(!Number.isNaN(x));
        expect(fromOrdinal(ordinal(x))).toBe(x + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("orders the floats, without a gap", () => {
    fc.assert(
      fc.property(anyOrdinal, (n) => {
        fc.pre(n < 0x7f800000);
        const [x, next] = [fromOrdinal(n), fromOrdinal(n + 1)];
        expect(x).toBeLessThan(next);
        // Between neighbours there is no other float32: their midpoint rounds to one of them.
        const middle = Math.fround(x / 2 + next / 2);
        expect([x, next]).toContain(middle + 0);
        expect(ordinal(next) - ordinal(x)).toBe(1);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([0.5, 0x7f800001, -0x7f800001, Number.NaN])("does not exist as %d", (n) => {
    expect(() => fromOrdinal(n)).toThrow(RangeError);
  });
});

describe("bits", () => {
  it.each([
    [17.4, "0x418b3333"],
    [0, "0x00000000"],
    [-0, "0x80000000"],
    [1, "0x3f800000"],
    [-2, "0xc0000000"],
    [2 ** -149, "0x00000001"],
    [Number.POSITIVE_INFINITY, "0x7f800000"],
    [Number.NaN, "0x7fc00000"],
  ])("of %d are %s", (x, text) => {
    expect(bits(x)).toBe(text);
  });

  it("come back from fromBits for every pattern that is no NaN", () => {
    fc.assert(
      fc.property(anyBits, (pattern) => {
        const text = `0x${pattern.toString(16).padStart(8, "0")}`;
        const x = fromBits(text);
        expect(x).toBe(float(pattern));
        if (!Number.isNaN(x)) expect(bits(x)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["", "418b3333", "0x418b333", "0x418b33333", "0x418b333g", "-0x418b3333"])("are not %j", (text) => {
    expect(() => fromBits(text)).toThrow(InputError);
    expect(() => fromBits(text)).toThrow(/8 hexadecimal digits/);
  });
});

describe("isSubnormal", () => {
  it.each([
    [0, false],
    [2 ** -149, true],
    [-(2 ** -127), true],
    [2 ** -126 - 2 ** -149, true],
    [2 ** -126, false],
    [-1, false],
    [2 ** -151, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ])("of %d is %s", (x, is) => {
    expect(isSubnormal(x)).toBe(is);
  });
});

describe("ulp32", () => {
  it.each([
    [0, 2 ** -149],
    [2 ** -149, 2 ** -149],
    [2 ** -126, 2 ** -149],
    [2 ** -125, 2 ** -148],
    [1, 2 ** -23],
    [1 - 2 ** -30, 2 ** -24],
    [-17.4, 2 ** -19],
    [FLT_MAX, 2 ** 104],
    [1e300, 2 ** 104],
    [Number.NEGATIVE_INFINITY, 2 ** 104],
    [5e-324, 2 ** -149],
  ])("of %d is %d", (x, ulp) => {
    expect(ulp32(x)).toBe(ulp);
  });

  it("of NaN is NaN", () => {
    expect(ulp32(Number.NaN)).toBeNaN();
  });

  it("is the distance of a positive float to the next", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7f7ffffe }), (pattern) => {
        expect(ulp32(float(pattern))).toBe(float(pattern + 1) - float(pattern));
      }),
      { numRuns: 2000 },
    );
  });
});
