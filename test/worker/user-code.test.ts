import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { AuditReport } from "../../src/report/report.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import { sweep } from "../../src/sweep/sweep.js";

const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

/** Sweeps a user's file, whose line 2 is the first of `code`, and a loss of the catalogue beside it. */
function sweepOf(code: string, losses: string[] = ["good"], targets = ["cpu"]): Promise<AuditReport> {
  files += 1;
  const file = join(folder, `loss-${files}.mjs`);
  const good = losses.map((name) => `export const ${name} = (x) => tf.softplus(x);\n`).join("");
  writeFileSync(file, `import * as tf from "@tensorflow/tfjs";\n${code}\n${good}`);
  return sweep({ ...sweepDefaults, targets, points: 11, timeout: 20, losses: [file, "log-sum-exp#library"] });
}

/** Which implementations have a verdict. */
function audited({ losses }: AuditReport): string[] {
  return losses.flatMap(({ implementations }) =>
    implementations
      .filter(({ verdict }) => verdict !== "failed")
      .map(({ implementation, target }) => `${implementation} ${target}`),
  );
}

test.each([
  [
    "a timer, at import",
    `setTimeout(() => {
       throw new Error("too late");
     });`,
    /^Its code threw asynchronously: too late \(.*loss-\d+\.mjs:3\)\. Catch it inside the timer/,
  ],
  [
    "a timer, of each call",
    `export function f(x) {
       setImmediate(() => {
         throw new RangeError("too late");
       });
       return tf.softplus(x);
     }`,
    /^Its code threw asynchronously: too late \(.*loss-\d+\.mjs:4\)/,
  ],
  [
    "a promise, at import",
    `async function load() {
       throw new Error("no weights");
     }
     load();`,
    /^Its code threw asynchronously: no weights \(.*loss-\d+\.mjs:3\)\. Await the promise/,
  ],
  [
    "a promise, of each call",
    `async function log() {
       throw new Error("no disk");
     }
     export function f(x) {
       log();
       return tf.softplus(x);
     }`,
    /^Its code threw asynchronously: no disk \(.*loss-\d+\.mjs:3\)/,
  ],
  [
    "a promise, rejected with no error",
    "Promise.reject({ status: 404 });",
    /^Its code threw asynchronously: \{ status: 404 \}\./,
  ],
])("what %s throws is one error that says so, and all is audited", async (_, code, message) => {
  const report = await sweepOf(code);
  expect(report.errors).toEqual([
    { loss: expect.stringContaining("loss-"), message: expect.stringMatching(message) },
  ]);
  expect(audited(report)).toEqual([...(code.includes("export") ? ["f cpu"] : []), "good cpu", "library cpu"]);
  expect(report.exitCode).toBe(2);
});

test.each([
  ["process.exit(0)", /ended with exit code 0, as by process\.exit/],
  ["process.exit(3)", /ended with exit code 3, as by process\.exit/],
  ['process.kill(process.pid, "SIGKILL"); while (true);', /was killed by SIGKILL: process\.kill, or/],
  ["process.abort()", /was killed by SIGABRT: process\.abort, or/],
  [
    "Array.prototype.map = () => []",
    /^It replaces Array\.prototype\.map, which the audit itself computes with/,
  ],
  ["Math.exp = () => 1", /^It replaces Math\.exp, /],
  ["tf.engine().reset()", /^It takes a backend of tfjs away/],
  ["tf.removeBackend(tf.getBackend())", /^It takes a backend of tfjs away/],
])("%s in a loss is an error of this one alone", async (statement, message) => {
  const report = await sweepOf(`export const bad = (x) => { ${statement}; return tf.softplus(x); };`);
  expect(report.errors).toHaveLength(1);
  expect(report.errors[0]).toMatchObject({ implementation: "bad", message: expect.stringMatching(message) });
  expect(audited(report)).toEqual(["good cpu", "library cpu"]);
  expect(report.exitCode).toBe(2);
});

test.each([
  ["Math.log = () => 1;", /loss-\d+\.mjs replaces Math\.log, which/],
  ["globalThis.Float32Array = Float64Array;", /loss-\d+\.mjs replaces Float32Array, which/],
  ["globalThis.Promise = undefined;", /loss-\d+\.mjs replaces Promise, which/],
])("%s at import is an error, and the other losses are audited", async (code, message) => {
  const report = await sweepOf(code);
  expect(report.errors.map((error) => error.message)).toEqual([expect.stringMatching(message)]);
  expect(audited(report)).toEqual(["library cpu"]);
});

test.each([
  ["an exit handler that never ends", 'process.on("exit", () => { while (true); });'],
  [
    "a process of its own",
    'import { spawn } from "node:child_process"; spawn("sleep", ["600"], { stdio: "inherit" });',
  ],
  ["closed streams", "process.stdout.destroy(); process.stderr.end(); process.stdin.destroy();"],
  [
    "what else belongs to the process",
    `setInterval(() => {}, 1000);
     process.exitCode = 9;
     process.on("uncaughtException", () => {});
     process.send?.({ type: "result", result: {} });
     process.disconnect();
     process.removeAllListeners("message");
     console.log = console.error = () => { throw new Error(); };
     Math.random = () => 0.5;
     const { push } = Array.prototype;
     Array.prototype.push = function (...items) { return push.apply(this, items); };
     Array.prototype.last = function () { return this.at(-1); };
     delete Array.prototype.last;`,
  ],
])("%s keeps nothing from being audited", async (_, code) => {
  const started = performance.now();
  const report = await sweepOf(code, ["good", "fine"], ["cpu", "wasm"]);
  expect(report.errors).toEqual([]);
  expect(audited(report)).toEqual([
    "good cpu",
    "fine cpu",
    "good wasm",
    "fine wasm",
    "library cpu",
    "library wasm",
  ]);
  expect(report.exitCode).toBe(0);
  expect(performance.now() - started).toBeLessThan(15_000);
});
