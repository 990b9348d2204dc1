import { expect, test } from "vitest";
import { toFloat } from "../../src/inputs/float32.js";
import type { Finding, Kind, Severity } from "../../src/judge/finding.js";
import { CELLS, strip } from "../../src/sweep/strip.js";

const RANGE = [-120, 120] as const; // cells of 10

function finding(kind: Kind, from: number, to: number, severity: Severity = "error") {
  const region = { from: toFloat(from), to: toFloat(to), label: 0, points: 1, share: 1 };
  return { kind, severity, region } satisfies Partial<Finding>;
}

/** The cells in short: one letter each. */
function short(findings: ReturnType<typeof finding>[], range: readonly [number, number] = RANGE): string {
  const letters = { good: ".", inaccurate: "a", dead: "d", infinity: "i", nan: "n", throws: "t" };
  return strip(findings, range)
    .map((cell) => letters[cell])
    .join("");
}

test("nothing found is good everywhere", () => {
  expect(strip([], RANGE)).toEqual(new Array(CELLS).fill("good"));
});

test("a region marks the cells that it overlaps, those of its ends included", () => {
  expect(short([finding("nan", -120, -87.3)])).toBe(`nnnn${".".repeat(20)}`);
  expect(short([finding("overflow", 17.4, 120)])).toBe(`${".".repeat(13)}${"i".repeat(11)}`);
});

test("a single float marks the cell that begins with it; the upper end of the range the last one", () => {
  expect(short([finding("formula", 0, 0)])).toBe(`${".".repeat(12)}a${".".repeat(11)}`);
  expect(short([finding("nan", 120, 120)])).toBe(`${".".repeat(23)}n`);
  expect(short([finding("nan", -120, -120)])).toBe(`n${".".repeat(23)}`);
});

test("of all that happens in a cell the worst shows, whatever the order", () => {
  const all = [
    finding("throws", 100, 120),
    finding("nan", 90, 120),
    finding("overflow", 80, 120),
    finding("dead-gradient", 70, 120),
    finding("inaccurate", 60, 120, "warning"),
  ];
  const expected = `${".".repeat(18)}adintt`;
  expect(short(all)).toBe(expected);
  expect(short([...all].reverse())).toBe(expected);
});

test.each<[Kind, string]>([
  ["wrong-sign", "a"],
  ["underflow", "a"],
  ["semantic", "a"],
  ["formula", "a"],
  ["unresolved", "a"],
  ["dead-gradient", "d"],
])("a region of %s is %s", (kind, letter) => {
  expect(short([finding(kind, -120, 120, "warning")])).toBe(letter.repeat(CELLS));
});

test("notes count as good, whatever their kind", () => {
  expect(short([finding("nan", -120, 120, "note"), finding("underflow", -120, 0, "note")])).toBe(
    ".".repeat(CELLS),
  );
});

test("what lies beyond the range, as Infinity on request, marks nothing", () => {
  expect(short([finding("nan", Infinity, Infinity), finding("nan", -Infinity, -Infinity)])).toBe(
    ".".repeat(CELLS),
  );
  expect(short([finding("nan", 100, Infinity)])).toBe(`${".".repeat(22)}nn`);
});

test("a range of any size is cut into as many cells", () => {
  expect(short([finding("nan", 1e30, 2e30)], [0, 2.4e31])).toBe(`.nn${".".repeat(21)}`);
  expect(short([finding("nan", 5, 5)], [5, 5.000001])).toBe(`n${".".repeat(23)}`);
});
