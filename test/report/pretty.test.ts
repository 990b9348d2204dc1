import { Chalk } from "chalk";
import { expect, test } from "vitest";
import { findingsText } from "../../src/report/findings.js";
import { lossTable } from "../../src/report/loss-table.js";
import { prettyReport } from "../../src/report/pretty.js";
import type { AuditReport, LossSummary } from "../../src/report/report.js";
import { sampleReport } from "./sample-report.js";

const terminal = { columns: 80, colour: new Chalk({ level: 0 }) };
const [loss] = sampleReport.losses;

function whole(report: AuditReport, quiet = false): string {
  const pretty = prettyReport(terminal, { quiet });
  return report.losses.map((summary) => pretty.loss(summary)).join("") + pretty.end(report);
}

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

test("the table says where each implementation fails and how far it is off", () => {
  expect(`\n${lossTable(loss, terminal)}`).toBe(`
sigmoid-cross-entropy
2,001 logits in [-120, 120], labels 0 and 1

                                first failing logit         value      gradient
implementation target verdict     below 0   above 0    rel.  ulps    rel.  ulps
───────────────────────────────────────────────────────────────────────────────
naive          cpu    error   -103.972084  17.32868   0.031 5.2e5       1 1.2e9
               wasm   error     -87.33654  17.32868   0.031 5.2e5       1 1.2e9
tensorflow     cpu    ok                –         –  1.1e-7   1.4  2.2e-7     3
               wasm   failed            –         –             –             –
tensorflow on wasm leaves 12 tensors allocated.
`);
});

function renamed(implementation: string, target: string): LossSummary {
  return {
    ...loss,
    implementations: loss.implementations.map((row) => ({ ...row, implementation, target })),
  };
}

test("the targets of an implementation stand together, in whatever order they come", () => {
  const [naive, naiveWasm, tensorflow, tensorflowWasm] = loss.implementations;
  const byTarget = { ...loss, implementations: [naive, tensorflow, naiveWasm, tensorflowWasm] };
  expect(lossTable(byTarget, terminal)).toBe(lossTable(loss, terminal));
});

test("names of any length leave the table its width", () => {
  for (const name of [
    "logits-differentiable",
    "myVeryLongFocalLossOfProbabilities",
    "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p",
  ]) {
    for (const target of ["cpu", "wasm", "tensorflow"]) {
      expect(widest(lossTable(renamed(name, target), terminal)), `${name} on ${target}`).toBeLessThanOrEqual(
        80,
      );
    }
  }
});

test("a name too long for its column is parted at a hyphen, or keeps both its ends", () => {
  const parted = lossTable(renamed("logits-differentiable", "cpu"), terminal);
  expect(parted).toMatch(/^logits- +cpu /m);
  expect(parted).toMatch(/^differentiable/m);
  expect(lossTable(renamed("myVeryLongFocalLossOfProbabilities", "cpu"), terminal)).toMatch(
    /^myVery.*…\w+ies cpu/m,
  );
});

test("every line of a report fits in 80 columns, and its commands can still be copied", () => {
  const text = whole(sampleReport);
  expect(widest(text)).toBeLessThanOrEqual(80);
  const joined = text.replaceAll(/ \\\n +/g, " ");
  for (const finding of sampleReport.findings.filter((f) => f.severity !== "note" && f.target === "cpu")) {
    expect(joined).toContain(`$ ${finding.replay}\n`);
  }
});

test("errors come before warnings before notes, whatever their order in the report", () => {
  const text = findingsText(sampleReport.findings, terminal);
  expect(text.match(/^(error|warning|note)/gm)).toEqual(["error", "error", "warning", "note"]);
});

test("a defect that is the same on two targets is said once, one that is not once with both regions", () => {
  const text = findingsText(sampleReport.findings, terminal);
  expect(text).toContain("\n  17.32868 (0x418aa123) to 120 (0x42f00000)  z = 0 on cpu, wasm\n");
  expect(text).toContain("\n  -120 (0xc2f00000) to -103.972084 (0xc2cff1b5)  z = 1 on cpu\n");
  expect(text).toContain("\n  -120 (0xc2f00000) to -87.33654 (0xc2aeac4f)    z = 1 on wasm\n");
});

test("a finding says what was computed, what is exact, why, and at which single point", () => {
  const text = findingsText(sampleReport.findings, terminal);
  const joined = text.replaceAll(/\n {2}(?=\S)/g, " ");
  expect(joined).toContain(
    "At x = 120, z = 0 on cpu: The value is Infinity where it is 120. 1 - sigmoid(x) rounds to 0, and log(0) is -Infinity.",
  );
  expect(joined).toContain(
    "At x = 0, z = 0 on wasm: 1.3e7 ulps off. The gradient is 1.5 where it is 0.5. At the kink",
  );
  expect(text).toContain("\n  0 (0x00000000)  z = 0 on wasm\n");
});

test("value and gradient, labels and implementations that fail alike are said in one breath", () => {
  const [, overflow] = sampleReport.findings;
  const nan = {
    ...overflow,
    quantity: "gradient" as const,
    kind: "nan" as const,
    message: "The gradient is NaN.",
  };
  const one = [overflow, nan];
  const two = one.map((f) => ({ ...f, region: { ...f.region, label: "0 beside a positive" } }));
  const three = [...one, ...two].map((f) => ({ ...f, implementation: "line-2" }));
  expect(findingsText([...one, ...two, ...three], terminal)).toBe(
    `error  sigmoid-cross-entropy naive, line-2: the value overflows, the gradient is
  NaN
  17.32868 (0x418aa123) to 120 (0x42f00000)  z = 0, 0 beside a positive on cpu
  At x = 120, z = 0 on cpu: The value is Infinity where it is 120. 1 -
  sigmoid(x) rounds to 0, and log(0) is -Infinity. The gradient is NaN.
  $ audit explain sigmoid-cross-entropy#naive --at=0x42f00000 --label=0 \\
      --target=cpu

`,
  );
});

test("what fails in one place alone stands alone", () => {
  const [, overflow] = sampleReport.findings;
  const elsewhere = {
    ...overflow,
    implementation: "line-2",
    region: { ...overflow.region, from: overflow.region.to },
  };
  const text = findingsText([overflow, elsewhere], terminal);
  expect(text).toContain("sigmoid-cross-entropy naive: the value overflows\n");
  expect(text).toContain(
    "sigmoid-cross-entropy line-2: the value overflows\n  120 (0x42f00000)  z = 0 on cpu\n",
  );
});

test("the name of a map is no value of z", () => {
  const [, overflow] = sampleReport.findings;
  const map = { ...overflow, region: { ...overflow.region, label: "over-confident" } };
  expect(findingsText([map], terminal)).toContain("(0x42f00000)  map over-confident on cpu\n");
});

test("notes of one kind are a line that names the implementations", () => {
  const [note] = sampleReport.findings;
  const text = findingsText(
    [note, { ...note, target: "wasm" }, { ...note, implementation: "line-2" }],
    terminal,
  );
  expect(text).toMatch(/^note {2}sigmoid-cross-entropy: the value underflows in naive, line-2\n/);
  expect(text).toContain("With --json each has its region and its command.");
});

test("a mixed region gives the share of its floats that fail", () => {
  const [note] = sampleReport.findings;
  expect(findingsText([{ ...note, severity: "warning" }], terminal)).toContain(
    "(0xc2cff1b5), 50 %  z = 0 on cpu\n",
  );
});

test("the worst pixel of a map is named", () => {
  const [note] = sampleReport.findings;
  const pixel = { ...note, severity: "error" as const, worst: { ...note.worst, index: [0, 12, 3, 0] } };
  expect(findingsText([pixel], terminal)).toContain("pixel [0, 12, 3, 0] on cpu");
});

test("the last line sums up: what was audited, findings by severity, what failed", () => {
  const lines = whole(sampleReport).trimEnd().split("\n\n");
  expect(lines.at(-1)?.replace("\n", " ")).toBe(
    "1 loss, 2 implementations, 16,008 points: 4 errors, 1 warning, 1 note; 0 unresolved; 1 audit failed.",
  );
});

test("an interrupted run says that it is only what was done", () => {
  const text = prettyReport(terminal, { quiet: false }).end({
    ...sampleReport,
    interrupted: true,
    exitCode: 130,
  });
  expect(text.replaceAll("\n", " ")).toContain(
    "Interrupted: this is what was done. 1 loss, 2 implementations",
  );
});

test("a failed audit is reported with its reason", () => {
  expect(whole(sampleReport).replaceAll(/\n +/g, " ")).toContain(
    "not audited  ./my-loss.ts broken on cpu: ./my-loss.ts#broken returned a promise; a loss returns a tensor",
  );
});

test("quiet leaves the errors, what failed, and the summary", () => {
  const text = whole(sampleReport, true);
  expect(text).not.toMatch(/^(warning|note|implementation)/m);
  expect(text.match(/^error/gm)).toHaveLength(2);
  expect(text).toContain("4 errors, 1 warning, 1 note");
  expect(text).toContain("not audited");
});

test("colour changes nothing but colour", () => {
  const colour = { columns: 80, colour: new Chalk({ level: 1 }) };
  const text =
    prettyReport(colour, { quiet: false }).loss(loss) +
    prettyReport(colour, { quiet: false }).end(sampleReport);
  expect(text).toContain("\u001b[31merror\u001b[39m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of colours are such
  expect(text.replaceAll(/\u001b\[\d+m/g, "")).toBe(whole(sampleReport));
});

test("nothing found is said in one line", () => {
  const report: AuditReport = { ...sampleReport, losses: [], findings: [], errors: [], exitCode: 0 };
  expect(prettyReport(terminal, { quiet: true }).end(report)).toBe(
    "1 loss, 2 implementations, 16,008 points: 0 errors, 0 warnings, 0 notes; 0\nunresolved.\n",
  );
});
