import { Chalk } from "chalk";
import { expect, test } from "vitest";
import type { GateFinding, GateReport } from "../../src/gate/report.js";
import { gateText } from "../../src/report/gate-text.js";
import { gateReport } from "./reports.js";

const print = (report: Partial<GateReport>, quiet = false) =>
  gateText({ ...gateReport, ...report }, { columns: 80, colour: new Chalk({ level: 0 }) }, { quiet });
const baseline = (more: Partial<GateReport["baseline"]>) => ({ ...gateReport.baseline, ...more });
/** The verdict: what stands after the last blank line, in one line. */
const verdict = (report: Partial<GateReport>) =>
  print(report).trimEnd().split("\n\n").at(-1)?.replaceAll("\n", " ");

const settled: Partial<GateReport> = {
  findings: gateReport.findings.map(({ change, fails, ...finding }): GateFinding => finding),
  exitCode: 0,
};

test("what fails is shown in full, what else changed in a line each, and the verdict last, in 80 columns", () => {
  const text = print({});
  const order = [
    "New:\n\nerror  sigmoid-cross-entropy naive: the value overflows\n",
    "\n  $ audit explain ",
    "\nGrown beyond what is accepted:\n\nerror  sigmoid-cross-entropy naive: the gradient is NaN\n",
    "\n  sigmoid-cross-entropy/naive/cpu/gradient/nan/1: error, -120 to -103.972084,\n    was warning, 1\n",
    "\nseverer  sigmoid-cross-entropy/tensorflow/wasm/gradient/formula/0: warning, 0,\n         was note\n",
    "\nmilder   sigmoid-cross-entropy/naive/cpu/value/underflow/0: note, was warning, 1\n",
    "\ncured    my-loss/stable/cpu/value/inaccurate/0/above: was warning\n",
    "\nignored  1 finding: known, ticket 12 (until 2027-01-31)\n",
    "\ncpu: JavaScript; wasm: WebAssembly, SIMD, 1 thread.\n",
    "\n1 loss, 2 implementations, 16,008 points, 100 inputs. Accepted: 1 error and 1\nnote.\n",
    "\naudit gate fails: 1 new finding and 1 grown. That may come from tfjs 4.21.0 ->\n4.22.0 (cpu). Cure it, or accept the present state with audit gate --update.\n",
  ];
  const places = order.map((part) => text.indexOf(part));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test("what the search found of a defect that the sweep shows is named in a line, else shown in full", () => {
  const [swept] = gateReport.findings.filter(({ change }) => change?.kind === "new");
  const input = { value: 100, bits: "0x42c80000" };
  const example = { shape: [1], logits: [input], labels: [{ value: 0, bits: "0x00000000" }] };
  const found: GateFinding = { ...swept, id: "a/b/cpu/value/overflow/Log", example, runs: 1 };
  const other: GateFinding = { ...found, id: "a/b/cpu/value/overflow/Exp", kernel: "Exp" };
  const text = print({ findings: [swept, found, other] });
  expect(text).toContain(
    "\n  a/b/cpu/value/overflow/Log: error, found by the search too\n  $ audit explain ",
  );
  expect(text.match(/^ {2}input .*$/gm)).toEqual(["  input     x = 100, z = 0"]);
});

test("quiet: what fails, what could not be audited, and the verdict", () => {
  const text = print({ errors: [{ loss: "other", message: "It hangs." }] }, true);
  expect(text).toContain("New:\n\nerror ");
  expect(text).toContain("\nnot audited  other: It hangs.\n");
  expect(text).not.toMatch(/^(severer|milder|cured|ignored|cpu:|Accepted)/m);
});

test.each<[what: string, report: Partial<GateReport>, verdict: string]>([
  ["passes", { ...settled, cured: [] }, "audit gate passes."],
  [
    "passes, with something cured",
    settled,
    "audit gate passes, 1 finding cured. That may come from tfjs 4.21.0 -> 4.22.0 (cpu). audit gate --prune takes what is cured out of the baseline.",
  ],
  [
    "passes without a baseline",
    { ...settled, cured: [], baseline: baseline({ state: "absent", differences: [] }) },
    "audit gate passes. There is no baseline: audit gate --update makes audit-baseline.json.",
  ],
  [
    "was pruned",
    { ...settled, baseline: baseline({ state: "pruned", written: true, differences: [] }) },
    "audit gate passes, 1 finding cured. audit-baseline.json is without what is cured.",
  ],
  [
    "was updated",
    { ...settled, cured: [], baseline: baseline({ state: "updated", written: true }) },
    "audit gate updated the baseline: audit-baseline.json.",
  ],
  [
    "had nothing to update",
    { ...settled, cured: [], baseline: baseline({ state: "updated" }) },
    "audit-baseline.json is as it was: nothing has changed.",
  ],
  [
    "had nothing to audit",
    {
      ...{ findings: [], cured: [], exitCode: 0, audited: { losses: 0, implementations: 0, points: 0 } },
      changed: { since: "origin/main", commit: "12", unchanged: ["my-loss"] },
    },
    "No loss has changed since origin/main: audit gate passes, with nothing to audit.",
  ],
  [
    "could not audit everything",
    { errors: [{ message: "Nothing works." }], exitCode: 2 },
    "audit gate could not audit everything: 1 audit failed. The baseline is as it was.",
  ],
  [
    "was interrupted",
    { interrupted: true, exitCode: 130 },
    "audit gate was interrupted: this is what was found.",
  ],
])("the verdict of a gate that %s", (_, report, expected) => {
  expect(verdict(report)).toBe(expected);
});

test("what an update changes is said, losses that are gone too", () => {
  const findings = gateReport.findings.map(({ fails, ...finding }): GateFinding => finding);
  const text = print({
    findings,
    exitCode: 0,
    baseline: baseline({ state: "updated", written: true, removed: ["old", "the search of my-loss"] }),
  });
  expect(text).toContain(
    "new      sigmoid-cross-entropy/naive/cpu/value/overflow/0: error, 17.32868 to\n         120\n",
  );
  expect(text).toContain("grown    sigmoid-cross-entropy/naive/cpu/gradient/nan/1: error, ");
  expect(text).toContain("removed  old\nremoved  the search of my-loss\n");
});

test("without a baseline what is new and not severe is only counted", () => {
  const findings = gateReport.findings.map(
    ({ fails, improvement, ...finding }): GateFinding => ({ ...finding, change: { kind: "new" } }),
  );
  expect(print({ findings, cured: [], baseline: baseline({ state: "absent" }) })).toMatch(
    /^new {6}\d errors, \d warnings? and \d notes?, not severe enough to fail$/m,
  );
});

test("of losses that were passed over is said how many, and since when; or why none was", () => {
  const unchanged = ["a", "b"];
  expect(print({ changed: { since: "main", commit: "1", unchanged } })).toContain(
    "; 2 passed over, unchanged\nsince main. Accepted:",
  );
  const everything = "package.json has changed";
  expect(print({ changed: { since: "main", commit: "1", unchanged: [], everything } })).toContain(
    "; all of them, since\npackage.json has changed. Accepted:",
  );
});
