import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { Random } from "../../src/inputs/random.js";
import { type Merged, merge } from "../../src/shards/merge.js";
import { blob, written } from "../shards/blobs.js";
import { type Mutated, mutatedBytes } from "./mutate-bytes.js";
import { mutatedJson } from "./mutate-json.js";
import { refusal } from "./refusal.js";

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
async function merged({ how, bytes }: Mutated): Promise<Merged | undefined> {
  writeFileSync(files[1], bytes);
  try {
    return await merge(files);
  } catch (error) {
    expect(refusal(error, how), how).toContain(files[1]);
    return undefined;
  } finally {
    expect(readFileSync(files[1]).equals(bytes), how).toBe(true);
  }
}

test.each([
  ["bytes", 800, 60, (random: Random) => mutatedBytes(Buffer.from(text), random)],
  ["values", 800, 200, (random: Random) => mutatedJson(text, random)],
])(
  "a blob with other %s, %d times, is refused with its reason, or holds what its shard wrote",
  async (name, count, least, mutated) => {
    const random = new Random(11, name.length);
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const mutation = mutated(random);
      const outcome = await merged(mutation);
      if (outcome === undefined) continue;
      kept += 1;
      expect(outcome, mutation.how).toEqual(whole);
    }
    expect(kept).toBeGreaterThan(least);
    expect(kept).toBeLessThan(count / 2);
  },
);
