import { expect, test } from "vitest";
import { measureOps, type OpsHooks } from "../../src/ops/ops.js";
import { opsDefaults } from "../../src/ops/options.js";

function run(targets: string[], ops: string[], hooks?: OpsHooks) {
  return measureOps({ ...opsDefaults, ops, targets, points: 256 }, hooks);
}

test("each target has a value and a gradient of each op, in the order of the targets", async () => {
  const report = await run(["wasm", "cpu"], ["log1p", "exp"]);
  expect(report).toMatchObject({ schema: 1, command: "ops", errors: [], interrupted: false, exitCode: 0 });
  expect(report.targets.map(({ name }) => name)).toEqual(["cpu", "wasm"]);
  expect(report.ops.map(({ target, op, quantity }) => [target, op, quantity].join(" "))).toEqual(
    ["cpu", "wasm"].flatMap((target) =>
      ["exp", "log1p"].flatMap((op) =>
        ["value", "gradient"].map((quantity) => `${target} ${op} ${quantity}`),
      ),
    ),
  );
  const [exp] = report.ops;
  expect(exp).toMatchObject({
    form: "exp(x)",
    worst: {
      ulps: expect.any(Number),
      input: { value: expect.any(Number), bits: expect.stringMatching(/^0x[0-9a-f]{8}$/) },
      computed: { value: expect.any(Number) },
      exact: { value: expect.any(Number) },
    },
    median: expect.any(Number),
    unresolved: 0,
    flushed: 0,
    special: [],
  });
  expect(await run(["cpu", "wasm"], ["exp", "log1p"])).toEqual(report);
});

test("a target that is missing says why, the others go on, and the exit code is 2", async () => {
  const report = await run(["cpu", "tensorflow-gpu"], ["relu"]);
  expect(report.errors).toEqual([
    { target: "tensorflow-gpu", message: expect.stringMatching(/needs @tensorflow\/tfjs-node-gpu/) },
  ]);
  expect(report.ops).toHaveLength(2);
  expect(report.exitCode).toBe(2);
});

test("auto takes what is there and misses nothing", async () => {
  const report = await run(["auto"], ["neg"]);
  expect(report.targets.map(({ name }) => name)).toEqual(expect.arrayContaining(["cpu", "wasm"]));
  expect(report).toMatchObject({ errors: [], exitCode: 0 });
});

test("a target that does not come back in time is an error, and nothing measured exits with 2", async () => {
  const report = await measureOps({ ...opsDefaults, targets: ["cpu"], ops: ["neg"], timeout: 0.2 });
  expect(report).toMatchObject({ ops: [], targets: [], exitCode: 2 });
  expect(report.errors).toEqual([
    { target: "cpu", message: expect.stringMatching(/did not come back within 0.2 s/) },
  ]);
});

test("a signal before the start ends with 130 and nothing", async () => {
  const report = await run(["cpu"], ["exp"], { signal: AbortSignal.abort() });
  expect(report).toMatchObject({ ops: [], interrupted: true, exitCode: 130 });
});

test("a signal in the middle keeps what is done", async () => {
  const abort = new AbortController();
  const report = await run(["cpu"], [], {
    signal: abort.signal,
    onProgress: (form) => form.startsWith("cos") && abort.abort(),
  });
  expect(report).toMatchObject({ interrupted: true, exitCode: 130, errors: [] });
  const forms = report.ops.map(({ form }) => form);
  expect(forms).toContain("acos(x)");
  expect(forms).not.toContain("sum([x, x/2, x/3, x/5])");
});
