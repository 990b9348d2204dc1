import type { FuzzFinding, FuzzReport } from "../../src/fuzz/report.js";
import type { GateFinding, GateReport } from "../../src/gate/report.js";
import type { Finding, Float } from "../../src/judge/finding.js";
import type { AnyReport } from "../../src/report/any-report.js";
import type { AuditReport } from "../../src/report/report.js";
import { sampleReport } from "./sample-report.js";

/** Reports written by hand, of each command; see sample-report.ts. */

const float = (value: Float["value"], bits: string): Float => ({ value, bits });
const [ZERO, ONE] = [float(0, "0x00000000"), float(1, "0x3f800000")];
const NAN = float("NaN", "0x7fc00000");
const line = { file: "src/my losses/lösß.ts", line: 17 };

/** The findings with a place, a reason and a cure, as those of a real sweep. */
export const sweepReport: AuditReport = {
  ...sampleReport,
  errors: [],
  exitCode: 0,
  findings: sampleReport.findings.map((finding) => ({
    ...finding,
    line,
    ...(finding.severity === "error" && {
      kernel: "Log",
      reason:
        "Log of 0 (lösß.ts:17): 1 - sigmoid(x) rounds to 0; write softplus(x) for -log(1 - sigmoid(x)).",
      cure: "write softplus(x) for -log(1 - sigmoid(x))",
    }),
  })),
};

const found: FuzzFinding = {
  id: "my-loss/naive/cpu/gradient/nan/Exp",
  loss: "my-loss",
  implementation: "naive",
  target: "cpu",
  arithmetic: "float32",
  quantity: "gradient",
  kind: "nan",
  severity: "error",
  region: { from: ONE, to: float("Infinity", "0x7f800000"), label: 0, points: 1, share: 1 },
  worst: {
    input: float("-0", "0x80000000"),
    label: 1,
    computed: NAN,
    exact: ONE,
    ulps: "NaN",
    index: [0, 1],
  },
  message: "The gradient is NaN where it is 1. Exp overflows.",
  reason: "Exp overflows.",
  kernel: "Exp",
  line,
  replay: "audit explain ./my-loss.ts#naive --at=100 --label=0 --target=cpu",
  example: { shape: [1, 2], logits: [ZERO, NAN], labels: [ONE, ZERO] },
  runs: 10,
};

export const fuzzReport: FuzzReport = {
  schema: 1,
  command: "fuzz",
  version: "0.1.0",
  seed: 7,
  targets: sampleReport.targets.slice(0, 1),
  audited: { losses: 1, implementations: 2, points: 5000 },
  searched: ["naive", "stable"].map((implementation) => ({ loss: "my-loss", implementation, target: "cpu" })),
  runs: 1250,
  findings: [
    found,
    {
      ...found,
      id: "my-loss/naive/cpu/value/throws",
      quantity: "value",
      kind: "throws",
      message: "The value throws: no such label.",
      worst: { ...found.worst, computed: null, exact: NAN },
      replay: "",
    },
  ],
  cured: [{ id: "my-loss/naive/cpu/value/nan/Log", file: ".audit/corpus/1.json" }],
  unresolved: 0,
  errors: [],
  warnings: ["The corpus file 2.json is of another version."],
  interrupted: false,
  exitCode: 0,
};

const [overflow, , nan, , dead] = sweepReport.findings.slice(1);
const was = { id: overflow.id, severity: "warning", from: ONE, to: ONE } as const;
const ofGate: GateFinding[] = [
  { ...overflow, change: { kind: "new" }, fails: true },
  { ...nan, change: { kind: "grown", was }, fails: true },
  { ...dead, change: { kind: "more-severe", was: { ...was, severity: "note" } } },
  { ...found, ignored: { reason: "known, ticket 12", expires: "2027-01-31" } },
  { ...sweepReport.findings[0], improvement: { kind: "less-severe", was } },
  sweepReport.findings[2],
];

export const gateReport: GateReport = {
  ...sweepReport,
  command: "gate",
  runs: 100,
  findings: ofGate,
  cured: [{ id: "my-loss/stable/cpu/value/inaccurate/0/above", severity: "warning" }],
  baseline: {
    file: "audit-baseline.json",
    state: "compared",
    written: false,
    differences: ["tfjs 4.21.0 -> 4.22.0 (cpu)"],
    removed: [],
  },
  warnings: ['The ignore of loss x ("old") matches nothing: take it out, or correct it.'],
  exitCode: 1,
};

export const reports: AnyReport[] = [sweepReport, fuzzReport, gateReport];

/** The same report with another name for everything that a user names. */
export function renamed<R extends AnyReport>(report: R, name: string): R {
  const finding = <F extends GateFinding | Finding>(one: F): F => ({
    ...one,
    id: `${name}/${one.id}`,
    loss: name,
    implementation: name,
    message: `The value throws: ${name}`,
    cure: name,
    replay: `audit explain ${name}`,
    region: { ...one.region, label: name },
    line: { file: name, line: 1 },
    ...("ignored" in one && { ignored: { reason: name } }),
  });
  return {
    ...report,
    findings: report.findings.map(finding),
    errors: [{ loss: name, implementation: name, target: name, message: name }, { message: name }],
    ...("losses" in report && {
      losses: report.losses.map((loss) => ({
        ...loss,
        loss: name,
        inputs: [name],
        implementations: loss.implementations.map((one) => ({ ...one, implementation: name })),
      })),
    }),
    ...("warnings" in report && { warnings: [name] }),
    ...("cured" in report && { cured: report.cured.map((one) => ({ ...one, id: name })) }),
  };
}

/** Nothing found; what could not be audited alone; and what a Ctrl-C has left. */
export function variants<R extends AnyReport>(report: R): R[] {
  const audited = { losses: 0, implementations: 0, points: 0 };
  return [
    { ...report, findings: [], exitCode: 0 },
    {
      ...report,
      audited,
      losses: [],
      findings: [],
      errors: [{ message: "Nothing was audited." }],
      exitCode: 2,
    },
    { ...report, audited, losses: [], findings: [], exitCode: 2 },
    { ...report, interrupted: true, exitCode: 130 },
  ];
}

/** Names that break a format that does not escape them. */
export const hostileNames = [
  `"quotes" and 'apostrophes'`,
  "<script>alert(1)</script>",
  "]]><!-- --> ]]>",
  "two\nlines\r\nand \u2028 more",
  "controls \u0000\u0007\u001b[31m\u007f\u009b",
  "lone \ud800 and \udfff surrogates, \ufffe and \uffff",
  "👩‍🔬 emoji".repeat(20),
  "right to left: \u202egnp.exe\u2066 שלום",
  "| pipe | `tick` ``` fence [link](https://example.org) **bold**",
  "@everyone #12 www.example.org $1$ {0} %0A ::error::",
  "../../../etc/passwd",
  ...["# heading", "- list", "+ list", "1. one", "2) two", "    code", "===", "---"],
  "x".repeat(10_000),
  "😀".repeat(5_000),
];
