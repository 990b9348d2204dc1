import { describe, expect, test } from "vitest";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import type { SweepOptions } from "../../src/sweep/options.js";
import { type SweepHooks, sweep } from "../../src/sweep/sweep.js";
import { fixture } from "./swept.js";

/** Sweeps losses as the command does, each in a process of its own. */
function run(losses: string[], options: Partial<SweepOptions> = {}, hooks?: SweepHooks) {
  return sweep({ ...sweepDefaults, targets: ["cpu"], points: 11, timeout: 8, losses, ...options }, hooks);
}

const faulty = (name: string) => fixture(`user-losses/faulty/${name}`);

describe("a loss that takes its process with it", () => {
  test("one that hangs is an error of its own, and the losses beside it are audited", async () => {
    const loss = faulty("hangs.mjs");
    const report = await run([loss, "softplus"]);
    expect(report.errors).toHaveLength(1);
    expect(report.errors[0]).toMatchObject({ loss, implementation: "loss" });
    expect(report.errors[0].message).toMatch(/did not come back within 8 s/);
    expect(report.losses.some(({ loss }) => loss === "softplus")).toBe(true);
    expect(report.audited.implementations).toBe(4);
    expect([report.exitCode, report.interrupted]).toEqual([2, false]);
  });

  test("one that hangs on import never comes to an implementation", async () => {
    const { errors, audited, exitCode } = await run([faulty("hangs-on-import.mjs")]);
    expect(errors).toHaveLength(1);
    expect(errors[0].message).toMatch(/^Loading it did not come back within 8 s/);
    expect([audited.losses, exitCode]).toEqual([0, 2]);
  });

  test("of several implementations of which one hangs, the others are reported", async () => {
    const { errors, losses, exitCode } = await run([fixture("sweep/one-hangs.mjs")]);
    expect(errors.map(({ implementation }) => implementation)).toEqual(["hangs"]);
    expect(
      losses[0].implementations
        .filter(({ verdict }) => verdict !== "failed")
        .map(({ implementation }) => implementation),
    ).toEqual(["good", "fine"]);
    expect(exitCode).toBe(2);
  });
});

describe("a loss that spoils what is around it", () => {
  test("one that leaks is audited, and its tensors are counted", async () => {
    const { errors, losses, exitCode } = await run([faulty("leaks.ts")]);
    expect(errors[0].message).toMatch(/^Each call leaves 1 tensor behind/);
    expect(losses[0].implementations[0]).toMatchObject({
      implementation: "loss",
      leakedTensors: 1,
      verdict: "ok",
    });
    expect(exitCode).toBe(2);
  });

  test("one that writes into its logits is not audited", async () => {
    const { errors, exitCode } = await run([faulty("mutates.ts")]);
    expect(errors[0].message).toMatch(/^It writes into its logits/);
    expect(exitCode).toBe(2);
  });
});

test("losses are reported in the order in which they were given, whichever is done first", async () => {
  const order: string[] = [];
  const losses = ["sigmoid-cross-entropy", "softplus", "log-sum-exp"];
  const report = await run(losses, {}, { onLoss: ({ loss }) => order.push(loss) });
  expect(order).toEqual(losses);
  expect(report.losses.map(({ loss }) => loss)).toEqual(losses);
});

test("a missing file is an error, and nothing audited exits with 2", async () => {
  const { errors, exitCode, findings } = await run([fixture("sweep/missing.ts")]);
  expect(errors).toHaveLength(1);
  expect(findings).toEqual([]);
  expect(exitCode).toBe(2);
});

test.each([
  ["never", "naive", 0],
  ["error", "naive", 1],
  ["error", "library", 0],
] as const)("--fail-on %s of %s exits with %d", async (failOn, implementation, expected) => {
  const { exitCode, errors } = await run(["softplus"], { failOn, implementations: [implementation] });
  expect({ exitCode, errors }).toEqual({ exitCode: expected, errors: [] });
});

test("a signal that comes before the start ends with 130 and nothing", async () => {
  const { exitCode, interrupted, losses } = await run(["softplus"], {}, { signal: AbortSignal.abort() });
  expect({ exitCode, interrupted, losses }).toEqual({ exitCode: 130, interrupted: true, losses: [] });
});

test("a signal in the middle keeps what is done and ends with 130", async () => {
  const abort = new AbortController();
  const report = await run(
    ["softplus", faulty("hangs.mjs")],
    { timeout: 60 },
    { signal: abort.signal, onLoss: () => abort.abort() },
  );
  expect(report).toMatchObject({ exitCode: 130, interrupted: true });
  expect(report.losses.map(({ loss }) => loss)).toContain("softplus");
  expect(report.findings.length).toBeGreaterThan(0);
}, 30_000);
