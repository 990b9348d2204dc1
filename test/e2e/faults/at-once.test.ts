import { fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { readCorpus } from "../../../src/fuzz/corpus/read-corpus.js";
import { audit, folder } from "../audit.js";
import { gateProject, largeStates, leftIn } from "./project.js";

const program = fileURLToPath(new URL("./update-forever.mjs", import.meta.url));

let here: Awaited<ReturnType<typeof gateProject>>;
beforeAll(async () => {
  here = await gateProject({ fuzz: { runs: 40, seed: 1, corpus: "corpus", property: ["overflow"] } });
});

test("five processes that update one baseline never show a reader a half one", async () => {
  const { files, texts } = largeStates(here.present);
  const file = join(folder, "shared.json");
  const writers = Array.from({ length: 5 }, () => fork(program, [file, ...files]));
  try {
    await Promise.all(writers.map((writer) => once(writer, "message")));
    const seen = new Set<string>();
    for (let reads = 0; reads < 500 || seen.size < 2; reads++) {
      const text = readFileSync(file, "utf8");
      expect(texts).toContain(text);
      seen.add(text);
      await setImmediate();
    }
  } finally {
    for (const writer of writers) writer.kill("SIGKILL");
  }
});

test("five gates at once in one folder share baseline and corpus, whatever each is there for", async () => {
  const { project, baseline, gate, present } = here;
  const flags = [["--update"], ["--update"], ["--prune"], [], []];
  const outcomes = await Promise.all(flags.map((some) => audit([...gate, "--quiet", ...some])));
  for (const { stdout, exitCode } of outcomes) {
    expect(stdout).toMatch(/^audit gate passes|is as it was: nothing has changed/m);
    expect(exitCode).toBe(0);
  }
  const { entries, warnings } = await readCorpus(join(project, "corpus"));
  expect(entries.length).toBeGreaterThan(0);
  expect(warnings).toEqual([]);
  expect([...leftIn(project), ...leftIn(join(project, "corpus"))]).toEqual([]);
  expect(await audit([...gate, "--update"])).toMatchObject({ exitCode: 0 });
  expect(readFileSync(baseline, "utf8")).toBe(present);
  expect(readdirSync(project).sort()).toEqual(["audit-baseline.json", "audit.config.json", "corpus"]);
});
