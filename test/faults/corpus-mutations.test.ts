import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CorpusEntry } from "../../src/fuzz/corpus/entry.js";
import { entryText } from "../../src/fuzz/corpus/entry-text.js";
import { readCorpus } from "../../src/fuzz/corpus/read-corpus.js";
import { readFileEntry } from "../../src/fuzz/corpus/read-file.js";
import { fuzz } from "../../src/index.js";
import { Random } from "../../src/inputs/random.js";
import { fullEntry } from "../fuzz/corpus/samples.js";
import { NAIVE, Project } from "../gate/project.js";
import { type Mutated, mutatedBytes } from "./mutate-bytes.js";
import { mutatedJson } from "./mutate-json.js";
import { refusal } from "./refusal.js";

const project = new Project().losses("loss.mjs", { naive: NAIVE });
const text = entryText(fullEntry());
const file = project.path("entry.json");

/** The entry in a file of these bytes; undefined where it is refused. */
async function read({ how, bytes }: Mutated): Promise<CorpusEntry | undefined> {
  writeFileSync(file, bytes);
  try {
    return await readFileEntry(file);
  } catch (error) {
    expect(refusal(error, how).startsWith(`${file}: `), how).toBe(true);
    return undefined;
  } finally {
    expect(readFileSync(file).equals(bytes), how).toBe(true);
  }
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
  ["bytes", 1000, (random: Random) => mutatedBytes(Buffer.from(text), random)],
  ["values", 1000, (random: Random) => mutatedJson(text, random)],
])("a file of the corpus with other %s, %d times, is refused with its reason, or read as it is", async (name, count, mutated) => {
  const random = new Random(9, name.length);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const mutation = mutated(random);
    const entry = await read(mutation);
    if (entry === undefined) continue;
    kept += 1;
    const document = JSON.parse(mutation.bytes.toString().replace(/^\uFEFF/, ""));
    expect(holds(document, entry), mutation.how).toBe(true);
    const known = Object.keys(document).filter((key) => key in fullEntry());
    expect(Object.keys(entry).sort(), mutation.how).toEqual(known.sort());
  }
  console.log(name, kept);
});

test("a search passes over what is corrupt in its corpus, and tries the rest", async () => {
  const corpus = project.path("corpus");
  const options = { folder: project.folder };
  const search = { losses: ["loss.mjs"], targets: ["cpu"], fuzz: { runs: 40, seed: 1, corpus: "corpus", property: ["nan", "overflow"] as const } };
  const before = await fuzz(search, options);
  const random = new Random(10);
  let refused = 0;
  for (const name of readdirSync(corpus)) {
    const original = readFileSync(join(corpus, name), "utf8");
    for (let i = 0; i < 20; i++) {
      const { bytes } = i % 2 === 0 ? mutatedJson(original, random) : mutatedBytes(Buffer.from(original), random);
      writeFileSync(join(corpus, `mutated-${i}-${name}`), bytes);
    }
  }
  const { warnings } = await readCorpus(corpus);
  const after = await fuzz(search, options);
  console.log(readdirSync(corpus).length, warnings.length, before.findings.length, after.errors, after.warnings.length, after.cured.length, after.findings.length);
});
