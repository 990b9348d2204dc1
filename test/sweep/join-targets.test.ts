import { expect, test } from "vitest";
import { toFloat } from "../../src/inputs/float32.js";
import type { Finding, Severity } from "../../src/judge/finding.js";
import type { ImplementationSummary } from "../../src/report/report.js";
import { joinTargets, type TargetPart } from "../../src/sweep/join-targets.js";

const zero = toFloat(0);

function finding(target: string, from: number, to: number, severity: Severity = "error"): Finding {
  return {
    id: `l/f/${target}/value/nan/0/above`,
    loss: "l",
    implementation: "f",
    target,
    arithmetic: "float32",
    quantity: "value",
    kind: "nan",
    severity,
    region: { from: toFloat(from), to: toFloat(to), label: 0, points: 1, share: 1 },
    worst: { input: zero, label: 0, computed: zero, exact: zero, ulps: 0 },
    message: "",
    replay: "",
  };
}

function part(
  target: string,
  verdict: ImplementationSummary["verdict"],
  findings: Finding[],
  messages: string[] = [],
): TargetPart {
  const errors = messages.map((message) => ({ loss: "l", implementation: "f", target, message }));
  return {
    result: {
      summary: {
        loss: "l",
        inputs: [],
        implementations: [{ implementation: "f", target, verdict, points: 1, kinds: [], firstFailing: {} }],
        escalated: 0,
      },
      findings,
      errors,
      unresolved: 0,
      target: { name: target, backend: target, device: "", software: false, versions: {} },
      warnings: [],
      names: [],
      order: ["f"],
      oracle: { points: 1, escalated: 0 },
    },
    errors: [],
  };
}

const only = (parts: TargetPart[]) =>
  joinTargets(parts).result?.findings.map(({ target, onlyTarget }) => [target, onlyTarget ?? false]);

test("what fails on one of several targets is marked", () => {
  expect(only([part("cpu", "ok", []), part("wasm", "error", [finding("wasm", 1, 2)])])).toEqual([
    ["wasm", true],
  ]);
});

test("regions that overlap are one failure of both, those that don't are one of each", () => {
  const both = [part("cpu", "error", [finding("cpu", 1, 3)]), part("wasm", "error", [finding("wasm", 2, 4)])];
  expect(only(both)).toEqual([
    ["cpu", false],
    ["wasm", false],
  ]);
  const apart = [
    part("cpu", "error", [finding("cpu", 1, 2)]),
    part("wasm", "error", [finding("wasm", 3, 4)]),
  ];
  expect(only(apart)).toEqual([
    ["cpu", true],
    ["wasm", true],
  ]);
});

test("a milder failure elsewhere leaves the severer one to its target", () => {
  const parts = [
    part("cpu", "note", [finding("cpu", 1, 2, "note")]),
    part("wasm", "error", [finding("wasm", 1, 2)]),
  ];
  expect(only(parts)).toEqual([
    ["cpu", false],
    ["wasm", true],
  ]);
});

test("nothing is said of a target on which the implementation did not run, nor where there is one target", () => {
  const alone = part("wasm", "error", [finding("wasm", 1, 2)]);
  expect(only([alone])).toEqual([["wasm", false]]);
  expect(only([part("cpu", "failed", []), alone])).toEqual([["wasm", false]]);
  expect(only([{ errors: [] }, alone])).toEqual([["wasm", false]]);
});

test("the line of the table is marked where its verdict is worse than on every other target", () => {
  const lines = (parts: TargetPart[]) =>
    joinTargets(parts).result?.summary.implementations.map(({ onlyTarget }) => onlyTarget ?? false);
  const [ok, note, error] = [part("a", "ok", []), part("b", "note", []), part("c", "error", [])];
  expect(lines([ok, note, error])).toEqual([false, false, true]);
  expect(lines([ok, note])).toEqual([false, false]); // a note is negligible
  expect(lines([error, part("d", "error", [])])).toEqual([false, false]);
  expect(lines([error])).toEqual([false]);
});

test("an error that is the same on all targets is said once, without one; another one says where", () => {
  const parts = [
    part("cpu", "failed", [], ["It throws"]),
    part("wasm", "failed", [], ["It throws", "It leaks"]),
  ];
  expect(joinTargets(parts).errors).toEqual([
    { loss: "l", implementation: "f", message: "It throws" },
    { loss: "l", implementation: "f", target: "wasm", message: "It leaks" },
  ]);
});
