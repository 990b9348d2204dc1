import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import type { CorpusEntry } from "../../src/fuzz/corpus/entry.js";
import { entryText } from "../../src/fuzz/corpus/entry-text.js";
import { readCorpus } from "../../src/fuzz/corpus/read-corpus.js";
import { readFileEntry } from "../../src/fuzz/corpus/read-file.js";
import { type FuzzReport, fuzz } from "../../src/index.js";
import { Random } from "../../src/inputs/random.js";
import { fullEntry } from "../fuzz/corpus/samples.js";
import { NAIVE, Project } from "../gate/project.js";
import { type Mutated, mutatedBytes } from "./mutate-bytes.js";
import { mutatedJson } from "./mutate-json.js";
import { readMutated, taken } from "./mutated-files.js";
import { NOT_SHOWN } from "./refusal.js";

const project = new Project().losses("loss.mjs", { naive: NAIVE });
const text = entryText(fullEntry());
const file = project.path("entry.json");

/** The entry in a file of these bytes; undefined where it is refused. */
function read(mutation: Mutated): Promise<CorpusEntry | undefined> {
  return readMutated(
    file,
    mutation,
    () => readFileEntry(file),
    (message) => expect(message.startsWith(`${file}: `), mutation.how).toBe(true),
  );
}

/** Whether a document says all that an entry says. Its decimals may be written in other ways than the entry's; it has bits. */
function holds(document: unknown, entry: unknown, key = ""): boolean {
  if (key === "value") return true;
  if (key === "bits") return String(document).toLowerCase() === entry;
  if (typeof entry === "number") return Object.is(Number(document), entry); // "NaN" is one
  if (typeof entry !== "object" || entry === null) return Object.is(document, entry);
  const isAsLong = !Array.isArray(entry) || entry.length === (document as unknown[]).length;
  const inner = document as Record<string, unknown>;
  return isAsLong && Object.entries(entry).every(([name, value]) => holds(inner[name], value, name));
}

test.each([
  ["bytes", 1000, 80, (random: Random) => mutatedBytes(Buffer.from(text), random)],
  ["values", 1000, 300, (random: Random) => mutatedJson(text, random)],
])(
  "a file of the corpus with other %s, %d times, is refused with its reason, or read as it is",
  async (name, count, least, mutated) => {
    const random = new Random(9, name.length);
    const look = (entry: CorpusEntry, { how, bytes }: Mutated) => {
      const document = JSON.parse(bytes.toString().replace(/^\uFEFF/, ""));
      expect(holds(document, entry), how).toBe(true);
      const known = Object.keys(document).filter((key) => key in fullEntry());
      expect(Object.keys(entry).sort(), how).toEqual(known.sort());
    };
    const kept = await taken(count, () => mutated(random), read, look);
    expect(kept).toBeGreaterThan(least);
    expect(count - kept).toBeGreaterThan(least);
  },
);

test("a search passes over what is corrupt in its corpus, and tries the rest", async () => {
  const corpus = project.path("corpus");
  const options = { folder: project.folder };
  const search: Config = {
    losses: ["loss.mjs"],
    targets: ["cpu"],
    fuzz: { runs: 40, seed: 1, corpus: "corpus", property: ["nan", "overflow"] },
  };
  const before = await fuzz(search, options);
  const random = new Random(10);
  for (const name of readdirSync(corpus)) {
    const original = readFileSync(join(corpus, name), "utf8");
    for (let i = 0; i < 20; i++) {
      const isText = i % 2 === 0;
      const { bytes } = isText ? mutatedJson(original, random) : mutatedBytes(Buffer.from(original), random);
      writeFileSync(join(corpus, `mutated-${i}-${name}`), bytes);
    }
  }
  const { entries, warnings } = await readCorpus(corpus);
  expect(entries.length).toBeGreaterThan(10);
  expect(warnings.length).toBeGreaterThan(10);
  const after = await fuzz(search, options);
  const idsOf = ({ findings }: FuzzReport) => findings.map(({ id }) => id).sort();
  expect(idsOf(after)).toEqual(idsOf(before));
  expect(after).toMatchObject({ errors: [], exitCode: before.exitCode });
  const ofFile = (warning: string) => warning.slice(warning.indexOf("mutated-"));
  expect(after.warnings.map(ofFile)).toEqual(expect.arrayContaining(warnings.map(ofFile)));
  for (const warning of after.warnings) {
    expect(warning.length).toBeLessThan(3000);
    expect(warning).not.toMatch(NOT_SHOWN);
  }
});
