import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linearAxis } from "../../../src/report/html/axis.js";
import { boundaryLabels } from "../../../src/report/html/boundary-labels.js";
import { type Colour, pngUri } from "../../../src/report/html/png.js";
import type { Shade } from "../../../src/report/html/regions.js";
import { bitsScale, numberScale } from "../../../src/report/html/scale.js";
import { type Dot, thinned } from "../../../src/report/html/thin.js";

describe("a thinned line", () => {
  test("keeps its corners and loses what lies between them", () => {
    const line: Dot[] = [0, 1, 2, 3, 4, 5, 6].map((x) => [x, x < 3 ? 0 : x - 3]);
    expect(thinned(line, 0.1)).toEqual([
      [0, 0],
      [3, 0],
      [6, 3],
    ]);
  });

  test("keeps its gaps, each once", () => {
    const line: Dot[] = [null, [0, 0], [1, 0], [2, 0], null, null, [5, 1], null];
    expect(thinned(line, 0.1)).toEqual([[0, 0], [2, 0], null, [5, 1], null]);
  });

  test("is nowhere further from the one given than the tolerance", () => {
    const heights = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(heights, fc.double({ min: 0.1, max: 5, noNaN: true }), (ys, tolerance) => {
        const thin = thinned(
          ys.map((y, x): Dot => [x, y]),
          tolerance,
        ).map((dot) => dot!);
        ys.forEach((y, x) => {
          const i = Math.max(
            1,
            thin.findIndex(([at]) => at >= x),
          );
          const [[ax, ay], [bx, by]] = [thin[i - 1], thin[i]];
          const across = Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / Math.hypot(bx - ax, by - ay);
          expect(across).toBeLessThanOrEqual(tolerance + 1e-9);
        });
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe("a PNG", () => {
  const palette: Colour[] = [
    [255, 0, 0],
    [0, 128, 255],
  ];
  const uri = pngUri({ width: 3, height: 2, pixels: Uint8Array.of(0, 1, 0, 1, 1, 0), palette });
  const bytes = Buffer.from(uri.slice("data:image/png;base64,".length), "base64");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }

  test("has the signature and the chunks of the standard, and ends with the one that is the same in all", () => {
    expect(bytes.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    expect([...chunks.keys()]).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
    // The check sum of an empty IEND, as in every PNG.
    expect(bytes.subarray(-12).toString("hex")).toBe("0000000049454e44ae426082");
  });

  test("holds size, palette and the rows of indices, unfiltered", () => {
    expect(chunks.get("IHDR")?.toString("hex")).toBe("00000003000000020803000000");
    expect([...(chunks.get("PLTE") ?? [])]).toEqual([255, 0, 0, 0, 128, 255]);
    expect([...inflateSync(chunks.get("IDAT")!)]).toEqual([0, 0, 1, 0, 0, 1, 1, 0]);
  });
});

describe("scales", () => {
  test("bits go from 0 at the bottom to 32 at the top, more than that too", () => {
    const { place } = bitsScale(64);
    expect([0, 16, 32, 149, Infinity].map(place)).toEqual([64, 32, 0, 0, 0]);
  });

  test("numbers have a little room above and below, and what is beyond stands at the edge", () => {
    const { place, ticks } = numberScale([0, 50, 100, Number.NaN, Infinity], 112);
    expect(place(0)).toBeCloseTo(106, 9);
    expect(place(100)).toBeCloseTo(6, 9);
    expect([place(1e30), place(-1e30)]).toEqual([0, 112]);
    expect(ticks.map(({ text }) => text)).toEqual(["0", "100"]);
  });

  test("of many orders of magnitude the logarithm is drawn", () => {
    const { place } = numberScale([0, 1, 1e9], 100);
    expect(place(1e3)).toBeLessThan(80);
  });

  test.each([[[]], [[Number.NaN]], [[1, 1]], [[0]], [[-1e300, 1e300]]])("%j has a scale", (numbers) => {
    const { place, ticks } = numberScale(numbers, 50);
    for (const y of [-1, 0, 1, 1e300]) {
      expect(place(y)).toBeGreaterThanOrEqual(0);
      expect(place(y)).toBeLessThanOrEqual(50);
    }
    for (const { at } of ticks) expect(Number.isFinite(at)).toBe(true);
  });
});

describe("labels of boundaries", () => {
  const axis = linearAxis([-100, 100], 400);
  const shade = (from: number, to: number, word = "NaN"): Shade => ({
    ...{ from, to, word, severity: "error", targets: ["cpu"] },
  });
  const labels = (...shades: Shade[]) => boundaryLabels(shades, axis, [-100, 100], 3);

  test("stand outside of their regions, in decimals; what happens stands inside", () => {
    expect(labels(shade(-20.5, 30))).toEqual([
      { x: axis.place(-20.5) - 4, y: 9, text: "−20.5", anchor: "end" },
      { x: axis.place(30) + 4, y: 9, text: "30", anchor: "start" },
      { x: 209.5, y: 9, text: "NaN", anchor: "middle" },
    ]);
  });

  test("the ends of the axis have none", () => {
    expect(labels(shade(-100, 100)).map(({ text }) => text)).toEqual(["NaN"]);
  });

  test("one float is one label", () => {
    expect(labels(shade(0, 0)).map(({ text }) => text)).toEqual(["0"]);
  });

  test("where a region goes on with another one there is the start of that", () => {
    const [end, start] = [Math.fround(17.328678), Math.fround(17.32868)];
    expect(labels(shade(8, end, "inaccurate"), shade(start, 100)).map(({ text }) => text)).toEqual([
      "8",
      "17.32868",
      "NaN",
    ]);
  });

  test("no two meet, whatever the regions, and none leaves the frame", () => {
    const ends = fc.tuple(
      fc.float({ min: -100, max: 100, noNaN: true }),
      fc.float({ min: -100, max: 100, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(ends, { maxLength: 12 }), (all) => {
        const placed = labels(...all.map(([a, b]) => shade(Math.min(a, b), Math.max(a, b))));
        const boxes = placed.map(({ x, y, text, anchor }) => {
          const width = text.length * 5.9;
          const left = x - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
          return { left, right: left + width, y };
        });
        boxes.forEach((a, i) => {
          expect(a.left).toBeGreaterThanOrEqual(-1e-9);
          expect(a.right).toBeLessThanOrEqual(400 + 1e-9);
          for (const b of boxes.slice(0, i)) {
            expect(a.y !== b.y || a.right <= b.left || b.right <= a.left).toBe(true);
          }
        });
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
