import { expect, test } from "vitest";
import { InputError } from "../../src/inputs/input-error.js";
import type { Blob } from "../../src/shards/blob.js";
import { collect } from "../../src/shards/collect.js";
import { blob } from "./blobs.js";

const stored = (...blobs: Blob[]) =>
  blobs.map((one, i) => ({ file: `${"abcdefghijklmnopqrstuvwxyz"[i]}.json`, blob: one }));

function refusal(...blobs: Blob[]): string {
  try {
    collect(stored(...blobs));
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  return "taken";
}

test("all shards in any order come in theirs", () => {
  const all = collect(stored(blob(3, 3), blob(1, 3), blob(2, 3)));
  expect(all.map(({ shard }) => shard.index)).toEqual([1, 2, 3]);
});

test("what is missing is named", () => {
  expect(refusal(blob(1, 3), blob(3, 3))).toBe(
    "Shard 2 of 3 is missing. Give the blobs of all 3 shards; run what did not run.",
  );
  expect(refusal(blob(2, 4))).toMatch(/^Shards 1, 3, 4 of 4 are missing\./);
  expect(refusal(blob(1, 100))).toMatch(
    /^Shards 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 89 more of 100 are missing\./,
  );
});

test("one that is there twice is named, with both files", () => {
  expect(refusal(blob(1, 2), blob(2, 2), blob(1, 2))).toBe(
    "Shard 1 of 2 is there twice: a.json and c.json. Give one of them.",
  );
  const [one] = stored(blob(1, 2));
  expect(() => collect([one, one])).toThrow("a.json is given twice. Give each file once.");
});

test.each<[string, Blob, RegExp]>([
  [
    "number of shards",
    blob(2, 3),
    /^a\.json is of a run with 2 shards, b\.json of one with 3 shards: give the shards/,
  ],
  [
    "command",
    { ...blob(2, 2), command: "fuzz" },
    /^a\.json is of a run with audit sweep, b\.json of one with audit fuzz: give/,
  ],
  ["seed", blob(2, 2, { seed: 7 }), /with seed 0, b\.json of one with seed 7:/],
  ["range", blob(2, 2, { range: [-20, 20] }), /with range\[0\] -120, b\.json of one with range\[0\] -20:/],
  [
    "losses",
    blob(2, 2, { losses: ["softplus", "x"] }),
    /with losses \["softplus"\], b\.json of one with losses \["softplus","x"\]:/,
  ],
  ["points", blob(2, 2, { points: 5 }), /with points that is not set, b\.json of one with points 5:/],
  [
    "heat maps",
    blob(2, 2, { heatmaps: { height: 8, width: 16, classes: 1, objects: [0, 3] } }),
    /with heatmaps\.height 16, b\.json of one with heatmaps\.height 8:/,
  ],
  [
    "options of a loss",
    blob(2, 2, { own: { softplus: { points: 5 } } }),
    /with own that is not set, b\.json of one with own \{"softplus":\{"points":5\}\}:/,
  ],
])("another %s is another run", (_, other, message) => {
  expect(refusal(blob(1, 2), other)).toMatch(message);
});

test("options are the same in any order of their keys", () => {
  const { sweep } = blob(1, 2).work;
  const reversed = Object.fromEntries(Object.entries(sweep ?? {}).reverse());
  expect(refusal(blob(1, 2), blob(2, 2, reversed))).toBe("taken");
});

test("the same files that hold something else are another run", () => {
  const [a, b] = [blob(1, 2), blob(2, 2)];
  expect(refusal({ ...a, files: { "./a.ts": "1" } }, { ...b, files: { "./a.ts": "2" } })).toBe(
    "a.json and b.json were made from different contents of ./a.ts: run all shards with the same files.",
  );
});

test("machines that auto finds different targets on have cut different runs", () => {
  const [a, b] = [blob(1, 2), blob(2, 2)];
  const more = { ...b, done: { sweep: { ...b.done.sweep!, targets: ["cpu", "webgl"] } } };
  expect(refusal(a, more)).toMatch(/with the targets "cpu", b\.json of one with the targets "cpu,webgl":/);
});
