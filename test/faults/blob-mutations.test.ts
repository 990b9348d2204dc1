import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { Random } from "../../src/inputs/random.js";
import { type Merged, merge } from "../../src/shards/merge.js";
import { blob, written } from "../shards/blobs.js";
import { type Mutated, mutatedBytes } from "./mutate-bytes.js";
import { mutatedJson } from "./mutate-json.js";
import { readMutated, taken } from "./mutated-files.js";

/** The blobs of the two shards of a run; the second is changed. */
let files: [string, string];
let text: string;
let whole: Merged;

beforeAll(async () => {
  files = [await written(blob(1, 2)), await written(blob(2, 2))];
  text = readFileSync(files[1], "utf8");
  whole = await merge(files);
});

/** What merging gives; undefined where it is refused. */
function merged(mutation: Mutated): Promise<Merged | undefined> {
  return readMutated(
    files[1],
    mutation,
    () => merge(files),
    (message) => expect(message, mutation.how).toContain(files[1]),
  );
}

test.each([
  ["bytes", 800, 60, (random: Random) => mutatedBytes(Buffer.from(text), random)],
  ["values", 800, 200, (random: Random) => mutatedJson(text, random)],
])(
  "a blob with other %s, %d times, is refused with its reason, or holds what its shard wrote",
  async (name, count, least, mutated) => {
    const random = new Random(11, name.length);
    const kept = await taken(
      count,
      () => mutated(random),
      merged,
      (outcome, { how }) => expect(outcome, how).toEqual(whole),
    );
    expect(kept).toBeGreaterThan(least);
    expect(kept).toBeLessThan(count / 2);
  },
);
