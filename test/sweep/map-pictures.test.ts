import { expect, test } from "vitest";
import type { Label } from "../../src/judge/finding.js";
import type { FailingPixels } from "../../src/sweep/failing-pixels.js";
import type { MapCase } from "../../src/sweep/map-cases.js";
import { joinMaps, MapPictures } from "../../src/sweep/map-pictures.js";

/** A map whose logits are their own places. */
function map(shape: number[], label: Label = "labels.npy"): MapCase {
  const size = shape.reduce((a, b) => a * b, 1);
  const logits = Float32Array.from({ length: size }, (_, i) => i);
  return { label, shape, logits, labels: new Float32Array(size), flags: [] };
}

const errors = ({ logits }: MapCase, of: (pixel: number) => number) =>
  Float32Array.from(logits, (_, pixel) => of(pixel));

function failing(name: string, code: number, badness: number, pixel: number): FailingPixels {
  return { subject: { name }, code, badness, detail: () => ({ pixel }) } as unknown as FailingPixels;
}

/** The one picture of one implementation. */
function pictureOf(one: MapCase, of: (pixel: number) => number, fails: FailingPixels[] = []) {
  const pictures = new MapPictures("cpu");
  for (const pixels of fails) pictures.note(pixels);
  pictures.take(one, "f", errors(one, of));
  pictures.next();
  const all = pictures.pictures();
  expect(all).toHaveLength(1);
  return all[0];
}

test("the channel with the worst pixel is shown, row by row", () => {
  const picture = pictureOf(map([2, 2, 3, 4]), (pixel) => (pixel === 34 ? 9 : 1));
  // 34 = ((1 * 2 + 0) * 3 + 2) * 4 + 2
  expect(picture).toMatchObject({ channel: [1, 2], corner: [0, 0], height: 2, width: 3 });
  expect(picture.logits).toEqual([26, 30, 34, 38, 42, 46]);
  expect(picture.errors).toEqual([
    { implementation: "f", target: "cpu", errorBits: [1, 1, 9, 1, 1, 1], worst: [0, 2] },
  ]);
});

test("the worst pixel is that of the severest verdict, and of these the worst one; not that of the most bits", () => {
  const picture = pictureOf(map([1, 1, 6, 1]), (pixel) => (pixel === 0 ? 23 : 1), [
    failing("f", 4, 5, 1),
    failing("f", 7, 1, 3),
    failing("f", 7, 2, 4),
    failing("f", 5, 9, 5),
    failing("another", 11, 9, 2),
  ]);
  expect(picture.errors[0].worst).toEqual([0, 4]);
});

test.each([
  [200, 0, 0],
  [200, 50, 0],
  [200, 100, 36],
  [200, 199, 72],
  [129, 128, 1],
])(
  "of %i columns with the worst pixel in number %i those from number %i on are shown",
  (columns, at, from) => {
    const picture = pictureOf(map([1, 1, columns, 1]), (pixel) => (pixel === at ? 9 : 1));
    expect(picture).toMatchObject({ corner: [0, from], width: 128, shape: [1, 1, columns, 1] });
    expect(picture.logits[0]).toBe(from);
    expect(picture.errors[0].worst).toEqual([0, at]);
  },
);

test.each([
  [[5], [1, 1, 5, 1]],
  [
    [2, 5],
    [1, 2, 5, 1],
  ],
  [
    [2, 5, 3],
    [1, 2, 5, 3],
  ],
  [
    [2, 2, 2, 2, 2],
    [4, 2, 2, 2],
  ],
])("an array of shape %j is shown as %j", (shape, expected) => {
  expect(pictureOf(map(shape), () => 0).shape).toEqual(expected);
});

test("NaN and Infinity are kept, and what is not known", () => {
  const special = [Number.NaN, Infinity, -1, 0.25];
  expect(pictureOf(map([1, 1, 4, 1]), (pixel) => special[pixel]).errors[0].errorBits).toEqual([
    "NaN",
    "Infinity",
    null,
    0.25,
  ]);
});

test("of several maps of one label the worst one is kept, of each of at most four labels", () => {
  const pictures = new MapPictures("cpu");
  [2, 9, 3].forEach((bits) => {
    const one = map([1, 1, 2, 1], "trained");
    pictures.take(
      one,
      "f",
      errors(one, () => bits),
    );
    pictures.next();
  });
  for (const label of [0, 1, "b", "c", "d"]) {
    const one = map([1, 1, 2, 1], label);
    pictures.take(
      one,
      "f",
      errors(one, () => 1),
    );
    pictures.next();
  }
  expect(pictures.pictures().map((one) => [one.label, one.map, one.errors[0].errorBits[0]])).toEqual([
    ["trained", 1, 9],
    [0, 3, 1],
    [1, 4, 1],
    ["b", 5, 1],
  ]);
});

test("one picture holds all that is about the same window, however it was cut", () => {
  const pictures = (name: string, worst: number, target: string) => {
    const one = map([1, 1, 2, 2]);
    const all = new MapPictures(target);
    all.take(
      one,
      name,
      errors(one, (pixel) => (pixel === worst ? 5 : 0)),
    );
    return all.pictures();
  };
  const all = [
    ...pictures("f", 3, "cpu"),
    ...pictures("g", 0, "cpu"),
    ...pictures("f", 1, "wasm"),
    ...pictures("g", 2, "wasm"),
  ];
  const whole = joinMaps(all);
  expect(
    whole.map(({ channel, errors }) => [channel[1], errors.map((e) => e.implementation + e.target)]),
  ).toEqual([
    [0, ["gcpu", "gwasm"]],
    [1, ["fcpu", "fwasm"]],
  ]);
  for (const cut of [1, 2, 3]) {
    expect(joinMaps([...joinMaps(all.slice(0, cut)), ...joinMaps(all.slice(cut))])).toEqual(whole);
  }
});
