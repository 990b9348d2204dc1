import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bits, formatFloat32, fromBits, parseFloat32, toFloat } from "../../src/inputs/float32.js";
import { InputError } from "../../src/inputs/input-error.js";

/** Made by scripts/float32-fixtures.py. */
const decimals: { shortest: [string, string][]; nearest: [string, string][] } = JSON.parse(
  readFileSync(new URL("../../fixtures/float32/decimals.json", import.meta.url), "utf8"),
);

const float32 = fc
  .integer({ min: 0, max: 0xffffffff })
  .map((n) => new Float32Array(Uint32Array.of(n).buffer)[0]);

describe("parseFloat32", () => {
  it.each([
    ["17.4", "0x418b3333"],
    [" 17.4\n", "0x418b3333"],
    ["+17.4", "0x418b3333"],
    ["1e-45", "0x00000001"],
    ["-.5", "0xbf000000"],
    ["5.", "0x40a00000"],
    ["1E3", "0x447a0000"],
    ["-0", "0x80000000"],
    ["-1e-400", "0x80000000"],
    ["1e-50", "0x00000000"],
    ["Infinity", "0x7f800000"],
    ["-inf", "0xff800000"],
    ["+INF", "0x7f800000"],
    ["0x418b3333", "0x418b3333"],
    ["0X418B3333", "0x418b3333"],
    ["0xff800000", "0xff800000"],
  ])("reads %j as %s", (text, expected) => {
    expect(bits(parseFloat32(text))).toBe(expected);
  });

  it("rounds decimals at and next to every kind of halfway point as exact arithmetic does", () => {
    for (const [text, expected] of decimals.nearest) {
      if (expected === "0x7f800000") {
        expect(() => parseFloat32(text), text).toThrow(/beyond float32/);
      } else {
        expect(bits(parseFloat32(text)), text).toBe(expected);
        expect(parseFloat32(`-${text}`), text).toBe(-fromBits(expected));
      }
    }
    const twiceRounded = decimals.nearest.filter(([text, expected]) => bits(Number(text)) !== expected);
    expect(twiceRounded.length, "decimals that float64 can't tell from a halfway point").toBeGreaterThan(20);
  });

  it.each([
    "",
    " ",
    ".",
    "-",
    "e5",
    "1e",
    "1.2.3",
    "17,4",
    "1_000",
    "seventeen",
    "1e5x",
    "--1",
    "infinit",
    "1 2",
  ])("refuses %j, which is no number", (text) => {
    expect(() => parseFloat32(text)).toThrow(InputError);
    expect(() => parseFloat32(text)).toThrow(/is not a number: give a decimal/);
  });

  it.each(["1e39", "-3.5e38", "1e400", "3.4028236e38"])("refuses %s with the range of float32", (text) => {
    expect(() => parseFloat32(text)).toThrow(/beyond float32, which ends at ±3.4028235e38/);
  });

  it.each(["NaN", "-nan", "0x7fc00000", "0xff800001"])(
    "refuses %s, of which nothing can be computed",
    (text) => {
      expect(() => parseFloat32(text)).toThrow(/no input to audit/);
    },
  );

  it.each(["0x", "0x418b", "0x418b33330", "0xghijklmn", "-0x418b3333"])("refuses the bits %s", (text) => {
    expect(() => parseFloat32(text)).toThrow(/8 hexadecimal digits/);
  });
});

describe("formatFloat32", () => {
  it("prints as few digits as numpy for every exponent, and the same ones but for ties", () => {
    const digits = (text: string) => text.replace(/e.*/, "").replace(/^0\.0*|\.|0+$/g, "");
    const different: string[] = [];
    for (const [pattern, decimal] of decimals.shortest) {
      const text = formatFloat32(fromBits(pattern));
      expect(bits(parseFloat32(text))).toBe(pattern);
      if (Number(text) === Number(decimal)) continue;
      expect(digits(text).length, pattern).toBe(digits(decimal).length);
      different.push(pattern);
    }
    // 2^-12 and 2097152.25 lie halfway between two decimals: numpy takes the even one, JavaScript the larger.
    expect(different).toEqual(["0x39800000", "0x4a000001"]);
  });

  it.each([
    [17.32868, "17.32868"],
    [0.1, "0.1"],
    [2 ** 24, "16777216"],
    [(2 - 2 ** -23) * 2 ** 127, "3.4028235e+38"],
    [0, "0"],
    [-0, "-0"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("prints %d as %s", (x, text) => {
    expect(formatFloat32(x)).toBe(text);
  });

  it("is read back as the same float, whatever the bits", () => {
    fc.assert(
      fc.property(float32, (x) => {
        fc.pre(!Number.isNaN(x));
        expect(parseFloat32(formatFloat32(x))).toBe(x);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("toFloat", () => {
  it("keeps a number that is no float32, beside the bits of the nearest one", () => {
    expect(toFloat(17.4)).toEqual({ value: 17.4, bits: "0x418b3333" });
    expect(toFloat(-4e-60)).toEqual({ value: -4e-60, bits: "0x80000000" });
  });

  it.each([
    [Number.NaN, "NaN", "0x7fc00000"],
    [Number.POSITIVE_INFINITY, "Infinity", "0x7f800000"],
    [Number.NEGATIVE_INFINITY, "-Infinity", "0xff800000"],
    [-0, "-0", "0x80000000"],
  ])("writes %d so that JSON keeps it", (x, value, pattern) => {
    expect(JSON.parse(JSON.stringify(toFloat(x)))).toEqual({ value, bits: pattern });
  });
});
