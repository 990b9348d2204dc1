import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { writeFileWhole } from "../../../src/files/write-file.js";
import { baselineText } from "../../../src/gate/baseline-text.js";
import { baselineIn } from "../../../src/gate/read-baseline.js";
import { Random } from "../../../src/inputs/random.js";
import { audit, folder } from "../audit.js";
import { age, gateProject, largeStates, leftIn } from "./project.js";

const program = fileURLToPath(new URL("./update-forever.mjs", import.meta.url));

let here: Awaited<ReturnType<typeof gateProject>>;
beforeAll(async () => {
  here = await gateProject();
});

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
  const { files, texts } = largeStates(here.present);
  const lanes = [0, 1, 2, 3].map(async (lane) => {
    const place = join(folder, `killed-${lane}`);
    mkdirSync(place);
    const file = join(place, "audit-baseline.json");
    writeFileSync(file, texts[0]);
    const random = new Random(100, lane);
    for (let i = 0; i < 25; i++) {
      await killAt(random.integer(1, 8), file, files);
      expect(texts).toContain(readFileSync(file, "utf8"));
    }
    const left = leftIn(place);
    expect(readdirSync(place).sort()).toEqual([...left, "audit-baseline.json"].sort());
    age(place);
    await writeFileWhole(file, texts[0]);
    expect(readdirSync(place)).toEqual(["audit-baseline.json"]);
    return left.length;
  });
  // That many were killed between the first byte and the last.
  const left = (await Promise.all(lanes)).reduce((sum, n) => sum + n);
  expect(left).toBeGreaterThan(20);
}, 120_000);

test("a gate that is killed while it updates leaves the old or the new baseline, and the next one cleans up", async () => {
  const { project, baseline, gate, present } = here;
  const old = baselineText({ ...baselineIn(baseline, present), version: "0.0.1" });
  let killed = 0;
  // The first changes in the folder are those of looking whether it can be written, the last is the rename.
  for (const change of [1, 4, 6]) {
    writeFileSync(baseline, old);
    let changes = 0;
    const { exitCode } = await audit([...gate, "--update"], {
      onStart: (child) => {
        const watcher = watch(project, () => {
          changes += 1;
          if (changes === change) child.kill("SIGKILL");
        });
        child.on("exit", () => watcher.close());
      },
    });
    if (exitCode === null) killed += 1;
    else expect(exitCode).toBe(0);
    expect(exitCode === 0 ? [present] : [old, present]).toContain(readFileSync(baseline, "utf8"));
  }
  expect(killed).toBeGreaterThan(1);
  age(project);
  expect(await audit([...gate, "--update"])).toMatchObject({ exitCode: 0 });
  expect(leftIn(project)).toEqual([]);
  expect(readFileSync(baseline, "utf8")).toBe(present);
}, 120_000);
