import { join } from "node:path";
import { expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import { loadConfig } from "../../src/config/load.js";
import { fuzzOptionsOf, sweepOptionsOf } from "../../src/config/options.js";
import { Random } from "../../src/inputs/random.js";
import { resolveLosses } from "../../src/losses/resolve.js";
import { project } from "../config/project.js";
import { type Mutated, mutatedBytes } from "./mutate-bytes.js";
import { mutatedJson } from "./mutate-json.js";
import { readMutated, taken } from "./mutated-files.js";

const config: Config = {
  losses: ["softplus", "src/*.ts", { loss: "a.ts#f", range: [-1, "0x42b17218"], fuzz: { runs: 5 } }],
  targets: ["cpu", "wasm"],
  labels: [0, 1],
  special: ["zero"],
  size: [16, 16],
  objects: [0, 3],
  rtol: 1e-5,
  severities: { inaccurate: "note" },
  fuzz: { time: 1, property: ["nan"], "label-range": [0, 1], special: ["nan"], corpus: "c" },
  ignore: [{ loss: "*", kind: "nan", reason: "known", expires: "2027-01-31" }],
  "fail-on": "error",
  report: ["sarif=a.sarif"],
  jobs: 2,
};
const text = JSON.stringify(config, null, 2);
const manifest = JSON.stringify({ name: "p", version: "1.0.0", audit: config, scripts: { a: "b" } }, null, 2);
const module = `import { defineConfig } from "loss-audit";\n\nexport default defineConfig(${text});\n`;

const folder = project({ "src/a.ts": "", "src/b.ts": "" });

/** The configuration in a file of these bytes; undefined where it is refused. */
function loaded(name: string, mutation: Mutated): Promise<Config | undefined> {
  const file = join(folder, name);
  return readMutated(file, mutation, async () => {
    const { config } = await loadConfig(file);
    resolveLosses(sweepOptionsOf(config, folder).losses);
    fuzzOptionsOf(config, folder);
    return config;
  });
}

const parsed = (bytes: Buffer) => JSON.parse(bytes.toString().replace(/^\uFEFF+/, ""));

type Kind = [
  name: string,
  count: number,
  least: number,
  mutated: (random: Random) => Mutated,
  meant: (bytes: Buffer) => unknown,
];

const kinds: Kind[] = [
  ["audit.config.json", 1000, 40, (random) => mutatedBytes(Buffer.from(text), random), parsed],
  ["audit.config.json", 1000, 300, (random) => mutatedJson(text, random), parsed],
  [
    "package.json",
    500,
    20,
    (random) => mutatedBytes(Buffer.from(manifest), random),
    (bytes) => parsed(bytes).audit,
  ],
  ["package.json", 500, 150, (random) => mutatedJson(manifest, random), (bytes) => parsed(bytes).audit],
];

test.each(kinds)(
  "%s, %d times changed, is refused with its reason, or read as it is",
  async (name, count, least, mutated, meant) => {
    const random = new Random(7, count);
    const read = await taken(
      count,
      () => mutated(random),
      (mutation) => loaded(name, mutation),
      (config, { how, bytes }) => expect(config, how).toEqual(meant(bytes)),
    );
    expect(read).toBeGreaterThan(least);
    expect(count - read).toBeGreaterThan(least);
  },
);

test("a configuration in TypeScript, 500 times changed, is refused with its reason, or read", async () => {
  const random = new Random(8);
  const read = await taken(
    500,
    () => mutatedBytes(Buffer.from(module), random),
    (mutation) => loaded("audit.config.ts", mutation),
  );
  expect(read).toBeGreaterThan(20);
  expect(read).toBeLessThan(250);
});
