import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../../src/inputs/input-error.js";
import { Random } from "../../src/inputs/random.js";
import { defaultBlob, writeBegun } from "../../src/shards/blob.js";
import { fromLosslessJson, toLosslessJson } from "../../src/shards/lossless-json.js";
import { merge } from "../../src/shards/merge.js";
import { readBlob } from "../../src/shards/read-blob.js";
import { blob, folder, written } from "./blobs.js";

const refusal = (file: string) =>
  readBlob(file).then(
    () => "taken",
    (error) => {
      expect(error).toBeInstanceOf(InputError);
      return (error as Error).message;
    },
  );

test("what is written is read, numbers that JSON lacks among it", async () => {
  const one = blob(2, 3, { labels: [-0, 0, 0.5], range: [-120, 120] });
  const file = await written(one);
  expect(await readBlob(file)).toEqual({ file, blob: one });
});

test("every JSON survives, and so do NaN, ±Infinity and -0", () => {
  const number = fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 1.5);
  fc.assert(
    fc.property(
      fc.oneof(fc.jsonValue(), fc.array(number), fc.dictionary(fc.string(), number)),
      (document) => {
        fc.pre(
          !JSON.stringify(document)?.includes('"number"') &&
            !JSON.stringify(document)?.includes('"__proto__"'),
        );
        expect(fromLosslessJson(JSON.parse(toLosslessJson(document)))).toEqual(document);
      },
    ),
  );
});

test("a blob lies in .audit, named after its shard", () => {
  expect(defaultBlob({ index: 2, of: 8 })).toBe(".audit/shard-2-of-8.json");
});

test("a shard that did not end is told by name", async () => {
  const file = join(folder, "begun.json");
  await writeBegun(file, "fuzz", { index: 2, of: 4 });
  expect(await refusal(file)).toBe(`${file}: shard 2 of 4 was begun and did not end. Run it again.`);
});

test("one of another version is told with both", async () => {
  const file = await written({ ...blob(1, 1), version: "99.0.0" });
  expect(await refusal(file)).toMatch(
    /was written by audit 99\.0\.0, and this is \d.+: merge with the version that/,
  );
});

test.each([
  ["", /it is empty\. Run its shard again\.$/],
  ["{", /it ends too early, in line 1\. Run its shard again\.$/],
  [
    "[]",
    /is no blob of a shard: it is a list of 0, but must be an object\. Give what audit --shard has written\.$/,
  ],
  ["null", /is no blob of a shard: it is null, but must be an object/],
  ['{"schema": 1, "command": "sweep"}', /is no blob of a shard: kind is missing/],
  ['{"kind": "audit corpus"}', /kind is "audit corpus", but must be "audit shard"/],
  ['{"kind": "audit shard", "schema": 2}', /schema is 2, but must be 1, the only one that is known/],
  [
    '{"kind": "audit shard", "schema": 1, "shard": {"index": 3, "of": 2}}',
    /shard\.index is 3, but must be at most 2/,
  ],
  ["<<<<<<< ours\n{}", /it has a merge conflict of git in line 1/],
])("%j is refused: %s", async (text, message) => {
  const file = join(folder, "other.json");
  writeFileSync(file, text);
  expect(await refusal(file)).toMatch(message);
});

test("a file that is not there, and a folder", async () => {
  expect(await refusal(join(folder, "none.json"))).toMatch(/there is no such file: check the path\.$/);
  expect(await refusal(folder)).toMatch(/it is a folder, not a file\.$/);
});

test("500 blobs that were changed at random, or cut off, are refused, or say the same", async () => {
  const text = readFileSync(await written(blob(1, 1)), "utf8");
  const same = JSON.stringify(JSON.parse(text));
  const file = join(folder, "mutated.json");
  const random = new Random(1);
  const place = () => random.integer(0, text.length - 1);
  const character = () => String.fromCharCode(random.integer(32, 126));
  const mutations: (() => string)[] = [
    () => text.slice(0, place()),
    () => text.slice(place()),
    () => replaced(place(), 1, character()),
    () => replaced(place(), 0, character()),
    () => replaced(place(), random.integer(1, 20), ""),
    () => replaced(place(), 0, text.slice(place(), place())),
  ];
  const replaced = (at: number, length: number, by: string) =>
    text.slice(0, at) + by + text.slice(at + length);
  let refused = 0;
  for (let i = 0; i < 500; i++) {
    const mutated = mutations[i % mutations.length]();
    writeFileSync(file, mutated);
    const outcome = await merge([file]).then(
      () => "merged",
      (error) => error,
    );
    if (outcome === "merged") expect(JSON.stringify(JSON.parse(mutated))).toBe(same);
    else {
      expect(outcome, mutated).toBeInstanceOf(InputError);
      expect(outcome.message).toContain(file);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(400);
});
