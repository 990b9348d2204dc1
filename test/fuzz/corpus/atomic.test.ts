import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { entryText } from "../../../src/fuzz/corpus/entry-text.js";
import { readCorpus } from "../../../src/fuzz/corpus/read-corpus.js";
import { Random } from "../../../src/inputs/random.js";
import { versionsOf } from "./large-entries.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corpus-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = fileURLToPath(new URL("./write-in-a-loop.ts", import.meta.url));
const whole = new Set([0, 1].flatMap((version) => versionsOf(version).map(entryText)));

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A process that writes, once it does so, and its exit code and signal in the end. */
async function startWriting(...rounds: string[]): Promise<{ child: ChildProcess; end: Promise<unknown[]> }> {
  const child = fork(program, [folder, ...rounds], { execArgv: ["--import", "tsx"] });
  children.push(child);
  const end = once(child, "exit");
  await once(child, "message");
  return { child, end };
}

/** All files of entries hold one of the versions, down to the last byte. */
function checkFiles(): void {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  expect(files.length).toBe(2);
  for (const name of files) {
    expect(whole.has(readFileSync(join(folder, name), "utf8")), `${name} is whole`).toBe(true);
  }
}

it("a process that is killed while it writes leaves no half file, 30 times", async () => {
  const random = new Random(30);
  for (let i = 0; i < 30; i++) {
    const { child, end } = await startWriting();
    await setTimeout(random.integer(0, 20));
    // Whenever something in the folder changes, a write has begun.
    const watcher = watch(folder, () => child.kill("SIGKILL"));
    expect(await end).toEqual([null, "SIGKILL"]);
    watcher.close();
    checkFiles();
  }
}, 300_000);

it("two processes that write the same entries never show a reader a half one", async () => {
  const writers = await Promise.all([startWriting("40"), startWriting("40")]);
  let running = true;
  const end = Promise.all(writers.map((writer) => writer.end)).finally(() => {
    running = false;
  });
  let reads = 0;
  while (running) {
    const { entries, warnings } = await readCorpus(folder);
    expect(warnings).toEqual([]);
    expect(entries.map(({ entry }) => entry.id)).toEqual(["first", "second"]);
    reads += 1;
  }
  expect(await end).toEqual([
    [0, null],
    [0, null],
  ]);
  expect(reads).toBeGreaterThan(0);
  checkFiles();
  expect(readdirSync(folder).length).toBe(2);
}, 300_000);
