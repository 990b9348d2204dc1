import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseOf, exampleFloat, exampleOf } from "../../../src/fuzz/corpus/example.js";

/** The float32 of a bit pattern, without our code. */
function floatOf(pattern: number): number {
  return new DataView(new Uint32Array([pattern]).buffer).getFloat32(0, isLittleEndian);
}
const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

function patternsOf(numbers: Float32Array): number[] {
  return [...new Uint32Array(numbers.slice().buffer)];
}

/** NaN has one pattern in JavaScript. */
function withoutPayload(pattern: number): number {
  return (pattern & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : pattern;
}

const SPECIAL = [
  ...[0, 0x80000000, 1, 0x80000001, 0x007fffff, 0x00800000, 0x7f7fffff, 0xff7fffff],
  ...[0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000, 0x7f800001, 0x42b17218],
];
const pattern = fc.oneof(fc.constantFrom(...SPECIAL), fc.integer({ min: 0, max: 0xffffffff }));

describe("exampleOf and caseOf", () => {
  it("keep the bits of every float32", () => {
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 20 }), (patterns) => {
        const numbers = new Float32Array(new Uint32Array(patterns).buffer);
        const given = { shape: [numbers.length], logits: numbers, labels: numbers.slice().reverse() };
        const { shape, logits, labels } = caseOf(exampleOf(given));
        expect(shape).toEqual([numbers.length]);
        expect(patternsOf(logits)).toEqual(patterns.map(withoutPayload));
        expect(patternsOf(labels)).toEqual(patterns.map(withoutPayload).reverse());
      }),
      { numRuns: 2000 },
    );
  });

  it("share no memory with what they are given", () => {
    const given = { shape: [1], logits: Float32Array.of(1), labels: Float32Array.of(0) };
    const example = exampleOf(given);
    given.shape[0] = 2;
    given.logits[0] = 2;
    expect(example).toEqual({
      shape: [1],
      logits: [{ value: 1, bits: "0x3f800000" }],
      labels: [{ value: 0, bits: "0x00000000" }],
    });
  });
});

describe("exampleFloat", () => {
  it.each([
    [0x42b17218, 88.72284, "0x42b17218"],
    [0x3dcccccd, 0.1, "0x3dcccccd"],
    [0x00000001, 1e-45, "0x00000001"],
    [0x00800000, 1.1754944e-38, "0x00800000"],
    [0x7f7fffff, 3.4028235e38, "0x7f7fffff"],
    [0x00000000, 0, "0x00000000"],
    [0x80000000, "-0", "0x80000000"],
    [0x7f800000, "Infinity", "0x7f800000"],
    [0xff800000, "-Infinity", "0xff800000"],
    [0xffffffff, "NaN", "0x7fc00000"],
  ])("writes the float of bits %d as %s", (given, value, bits) => {
    expect(exampleFloat(floatOf(given))).toEqual({ value, bits });
  });

  it("writes a decimal that rounds to the same float", () => {
    fc.assert(
      fc.property(pattern, (given) => {
        const { value } = exampleFloat(floatOf(given));
        expect(Object.is(Math.fround(Number(value)), floatOf(given))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
