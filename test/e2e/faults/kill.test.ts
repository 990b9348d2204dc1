import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, utimesSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { writeFileWhole } from "../../../src/files/write-file.js";
import type { BaselineFinding } from "../../../src/gate/baseline.js";
import { baselineText } from "../../../src/gate/baseline-text.js";
import { baselineIn } from "../../../src/gate/read-baseline.js";
import { Random } from "../../../src/inputs/random.js";
import { audit, folder } from "../audit.js";

const project = join(folder, "project");
const baseline = join(project, "audit-baseline.json");
const gate = ["gate", "--update", "--config", "project/audit.config.json"];
/** The baseline that the gate writes. */
let present: string;

beforeAll(async () => {
  mkdirSync(project);
  writeFileSync(
    join(project, "audit.config.json"),
    '{ "losses": ["softplus#naive"], "targets": "cpu", "points": 33, "labels": [0] }',
  );
  expect(await audit(gate)).toMatchObject({ exitCode: 0 });
  present = readFileSync(baseline, "utf8");
});

/** The same with another version and so many findings, which take a while to write. */
function otherState(version: string, count: number): string {
  const state = baselineIn(baseline, present);
  const region = state.findings.find(({ from }) => from !== undefined);
  const findings = Array.from({ length: count }, (_, i) => ({
    ...(region as BaselineFinding),
    id: `softplus/naive/cpu/gradient/nan/${i}/above`,
  }));
  return baselineText({ ...state, version, findings });
}

/** The files in a folder that a writer has left behind; `else` all others. */
function filesIn(place: string): { left: string[]; others: string[] } {
  const names = readdirSync(place);
  const isLeft = (name: string) => name.endsWith(".tmp");
  return { left: names.filter(isLeft), others: names.filter((name) => !isLeft(name)) };
}

/** As if what was left had been so for a day. */
function age(place: string): void {
  const yesterday = Date.now() / 1000 - 86_400;
  for (const name of filesIn(place).left) utimesSync(join(place, name), yesterday, yesterday);
}

const program = fileURLToPath(new URL("./update-forever.mjs", import.meta.url));

/** Kills a process that updates a baseline, at so many changes in its folder after its first update. */
async function killAt(change: number, file: string, states: readonly string[]): Promise<void> {
  const child = fork(program, [file, ...states]);
  const end = once(child, "exit");
  await once(child, "message");
  let changes = 0;
  const watcher = watch(dirname(file), () => {
    changes += 1;
    if (changes === change) child.kill("SIGKILL");
  });
  expect(await end).toEqual([null, "SIGKILL"]);
  watcher.close();
}

test("a process that is killed while it updates a baseline leaves the old or the new one, 100 times", async () => {
  const texts = [otherState("0.1.0", 400), otherState("0.2.0", 800)];
  const states = texts.map((text, i) => join(folder, `state-${i}.json`));
  texts.forEach((text, i) => writeFileSync(states[i], text));
  const lanes = [0, 1, 2, 3].map(async (lane) => {
    const place = join(folder, `killed-${lane}`);
    mkdirSync(place);
    const file = join(place, "audit-baseline.json");
    writeFileSync(file, texts[0]);
    const random = new Random(100, lane);
    for (let i = 0; i < 25; i++) {
      await killAt(random.integer(1, 8), file, states);
      expect(texts).toContain(readFileSync(file, "utf8"));
    }
    const { left, others } = filesIn(place);
    expect(others).toEqual(["audit-baseline.json"]);
    age(place);
    await writeFileWhole(file, texts[0]);
    expect(readdirSync(place)).toEqual(["audit-baseline.json"]);
    return left.length;
  });
  // That many were killed between the first byte and the last.
  const left = (await Promise.all(lanes)).reduce((sum, n) => sum + n);
  console.log(left);
  expect(left).toBeGreaterThan(20);
}, 120_000);

test("a gate that is killed while it updates leaves the old or the new baseline, and the next one cleans up", async () => {
  const old = baselineText({ ...baselineIn(baseline, present), version: "0.0.1" });
  // The first changes in the folder are those of looking whether it can be written, the last is the rename.
  let killed = 0;
  for (const change of [1, 3, 4, 5, 6, 7]) {
    writeFileSync(baseline, old);
    let changes = 0;
    const { exitCode } = await audit(gate, {
      onStart: (child) => {
        const watcher = watch(project, () => {
          changes += 1;
          if (changes === change) child.kill("SIGKILL");
        });
        child.on("exit", () => watcher.close());
      },
    });
    if (exitCode === null) killed += 1;
    expect(exitCode === null || exitCode === 0).toBe(true);
    expect(exitCode === 0 ? [present] : [old, present]).toContain(readFileSync(baseline, "utf8"));
  }
  console.log(killed);
  expect(killed).toBeGreaterThan(3);
  age(project);
  const { stdout, exitCode } = await audit(gate);
  expect({ exitCode, left: filesIn(project).left }).toEqual({ exitCode: 0, left: [] });
  expect(stdout).toContain("audit-baseline.json");
  expect(readFileSync(baseline, "utf8")).toBe(present);
}, 120_000);
