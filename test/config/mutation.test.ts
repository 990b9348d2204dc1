import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { fuzzOptionsOf, sweepOptionsOf } from "../../src/config/options.js";
import { InputError } from "../../src/inputs/input-error.js";
import { project } from "./project.js";

const valid = {
  losses: [
    "softplus",
    "src/*.ts",
    { loss: "a.ts#f", range: [-1, "0x42b17218"], fuzz: { runs: 5, property: ["nan"] } },
  ],
  targets: ["cpu", "wasm"],
  labels: [0, 1],
  special: ["zero"],
  size: [16, 16],
  objects: [0, 3],
  logits: "l.npy",
  seed: 1,
  rtol: 1e-5,
  severities: { inaccurate: "note" },
  fuzz: { time: 1, "label-range": [0, 1], special: ["nan"], corpus: "c" },
  ignore: [{ loss: "*", kind: "nan", reason: "known", expires: "2027-01-31" }],
  "fail-on": "error",
  report: ["sarif=a.sarif"],
  jobs: 2,
};

const folder = project({ "src/a.ts": "", "src/b.ts": "" });
const file = join(folder, "audit.config.json");

/** What comes of a configuration of that text: it can be run, or one clear error says why not. */
async function outcome(text: string | Uint8Array): Promise<"runs" | "refused"> {
  writeFileSync(file, text);
  try {
    const { config } = await loadConfig(file);
    sweepOptionsOf(config, folder);
    fuzzOptionsOf(config, folder);
    return "runs";
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message).toMatch(/^[^\n]{10,}/);
    expect(error.message).not.toMatch(/undefined|\[object|\bat .*:\d+:\d+/);
    return "refused";
  }
}

/** Every place of a document, the whole first. */
function placesIn(value: unknown): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    placesIn(item).map((path) => [Array.isArray(value) ? Number(key) : key, ...path]),
  );
  return [[], ...inner];
}

/** A document with what is at a place changed. */
function changed(
  value: unknown,
  [key, ...path]: (string | number)[],
  change: (old: unknown) => unknown,
): unknown {
  if (key === undefined) return change(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = changed(copy[key], path, change);
  return copy;
}

const oddNumber = fc.constantFrom(0, -0, -1, 0.5, 1e39, 2 ** 53, -1e308, 1e-320);
const oddText = fc.constantFrom(
  "",
  "!",
  "!a",
  "#",
  "a#",
  "*",
  "[",
  "((",
  "{a,b",
  "a\\b",
  "../*",
  "\0",
  "__proto__",
  "é",
  "/",
);
const anything = fc.oneof(
  oddNumber,
  oddText,
  fc.jsonValue(),
  fc.constantFrom(null, true, [], {}, [[]], [null]),
);

const structure = fc
  .array(
    fc.tuple(
      fc.constantFrom(...placesIn(valid)),
      fc.oneof(
        anything.map((value) => () => value),
        fc
          .tuple(fc.oneof(fc.constantFrom("__proto__", "constructor", "loss", "runs"), fc.string()), anything)
          .map(
            ([key, value]) =>
              (old: unknown) =>
                Array.isArray(old)
                  ? [...old, value]
                  : Object.fromEntries([...Object.entries(Object(old)), [key, value]]),
          ),
      ),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((changes) => {
    let document: unknown = valid;
    for (const [path, change] of changes) {
      const isThere = placesIn(document).some((place) => JSON.stringify(place) === JSON.stringify(path));
      if (isThere) document = changed(document, path, change);
    }
    return JSON.stringify(document);
  });

const original = new TextEncoder().encode(JSON.stringify(valid, null, 1));
const bytes = fc
  .array(fc.tuple(fc.nat(original.length), fc.nat(4), fc.uint8Array({ maxLength: 4 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((edits) =>
    edits.reduce(
      (text, [at, gone, inserted]) => [...text.slice(0, at), ...inserted, ...text.slice(at + gone)],
      [...original],
    ),
  )
  .map((text) => Uint8Array.from(text));

test("the configuration that is changed here runs", async () => {
  expect(await outcome(JSON.stringify(valid))).toBe("runs");
});

test.each([
  ["values and keys", structure],
  ["bytes", bytes],
])("a configuration with other %s runs or is refused in one clear error", async (_, texts) => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(texts as fc.Arbitrary<string | Uint8Array>, async (text) => {
      outcomes.add(await outcome(text));
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(outcomes).toEqual(new Set(["runs", "refused"]));
});
