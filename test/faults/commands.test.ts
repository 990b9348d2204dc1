import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Config } from "@oclif/core/config";
import { beforeAll, expect, test, vi } from "vitest";
import Fuzz from "../../commands/fuzz.js";
import Gate from "../../commands/gate.js";
import Merge from "../../commands/merge.js";
import Sweep from "../../commands/sweep.js";
import { loadConfig } from "../../src/config/load.js";
import { entryText } from "../../src/fuzz/corpus/entry-text.js";
import { readFileEntry } from "../../src/fuzz/corpus/read-file.js";
import { gate } from "../../src/gate/gate.js";
import { readBaseline } from "../../src/gate/read-baseline.js";
import { Random } from "../../src/inputs/random.js";
import { readBlob } from "../../src/shards/read-blob.js";
import { fullEntry } from "../fuzz/corpus/samples.js";
import { NAIVE, Project } from "../gate/project.js";
import { blob, written } from "../shards/blobs.js";
import { mutatedBytes } from "./mutate-bytes.js";
import { mutatedJson } from "./mutate-json.js";
import { NOT_SHOWN } from "./refusal.js";

const project = new Project().losses("loss.mjs", { f: NAIVE });
let config: Config;
let other: string;
let baseline: string;

beforeAll(async () => {
  config = await Config.load(fileURLToPath(new URL("../..", import.meta.url)));
  other = await written(blob(1, 2));
  await gate(project.config({ losses: ["loss.mjs"] }), { update: true });
  baseline = project.read();
});

/** Runs a command in this process, as its command line would, and gives what it writes. */
async function run(command: Kind["command"], argv: string[]) {
  const texts = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation(((text: string, done?: () => void) => {
      texts[name] += text;
      done?.();
      return true;
    }) as typeof process.stdout.write),
  );
  const { exitCode: before } = process;
  try {
    await command.run(argv, config);
    return { ...texts, exitCode: process.exitCode };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

interface Kind {
  name: string;
  text(): Promise<string>;
  /** Reads it; a file that it takes is none for this test. */
  read(file: string): Promise<unknown>;
  command: typeof Sweep | typeof Gate | typeof Fuzz | typeof Merge;
  argv(file: string): string[];
}

const kinds: Kind[] = [
  {
    name: "a baseline",
    text: async () => baseline,
    read: readBaseline,
    command: Gate,
    argv: (file) => [project.path("loss.mjs"), "--target=cpu", `--baseline=${file}`],
  },
  {
    name: "a configuration",
    text: async () =>
      JSON.stringify({ losses: ["softplus"], targets: "cpu", labels: [0, 1], rtol: 1e-5 }, null, 2),
    read: loadConfig,
    command: Sweep,
    argv: (file) => [`--config=${file}`],
  },
  {
    name: "an entry of the corpus",
    text: async () => entryText(fullEntry()),
    read: readFileEntry,
    command: Fuzz,
    argv: (file) => [`--replay=${file}`],
  },
  {
    name: "a blob",
    text: async () => readFileSync(await written(blob(2, 2)), "utf8"),
    read: readBlob,
    command: Merge,
    argv: (file) => [file, other],
  },
];

test.each(kinds)(
  "$name that is corrupt in one of 80 ways ends its command with one error and 2",
  async (kind) => {
    const random = new Random(12, kind.name.length);
    const original = await kind.text();
    const file = project.path("corrupt.json");
    for (let i = 0; i < 80; ) {
      const { how, bytes } =
        random.integer(0, 1) === 0
          ? mutatedJson(original, random)
          : mutatedBytes(Buffer.from(original), random);
      writeFileSync(file, bytes);
      if (
        await kind.read(file).then(
          () => true,
          () => false,
        )
      )
        continue;
      i += 1;
      const isJson = i % 2 === 0;
      const argv = kind.argv(file);
      const { stdout, stderr, exitCode } = await run(kind.command, isJson ? [...argv, "--json"] : argv);
      expect(exitCode, how).toBe(2);
      const text = isJson ? stdout : stderr;
      expect(isJson ? stderr : stdout, how).toBe("");
      expect(text, how).not.toMatch(NOT_SHOWN);
      expect(text, how).not.toMatch(/fault of audit|\n\s+at /);
      expect(text.length, how).toBeLessThan(4000);
      if (isJson)
        expect(JSON.parse(text), how).toMatchObject({ error: { message: expect.any(String) }, exitCode: 2 });
      else expect(text, how).toMatch(/^Error: [\s\S]*\n$/);
      expect(readFileSync(file).equals(bytes), how).toBe(true);
    }
  },
);
