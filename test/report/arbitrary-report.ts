import fc from "fast-check";
import type { GateFinding } from "../../src/gate/report.js";
import { toFloat } from "../../src/inputs/float32.js";
import type { Kind } from "../../src/judge/finding.js";
import { jsonNumber } from "../../src/judge/number.js";
import type { AnyReport } from "../../src/report/any-report.js";
import { kindTexts } from "../../src/report/kinds.js";
import { reports } from "./reports.js";

/** Any text: every code unit, lone surrogates too, and what formats give a meaning. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    "",
    "]]>",
    "<!--",
    "&amp;",
    "::error::",
    "| a |",
    "\u0000",
    "\ud800",
    "../..",
    "%zz",
    "[a](b)",
  ),
);
const number = fc.oneof(fc.float(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0));
const float = number.map((x) => toFloat(Math.fround(x)));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const severity = fc.constantFrom("error", "warning", "note");

const change = fc
  .tuple(fc.constantFrom("new", "more-severe", "grown"), severity)
  .map(([kind, was]) => (kind === "new" ? { kind } : { kind, was: { id: "x", severity: was } }));

const finding = fc.record({
  ...{ id: text, loss: text, implementation: text, target: text, message: text, replay: text },
  arithmetic: fc.constant("float32"),
  quantity: fc.constantFrom("value", "gradient"),
  kind: fc.constantFrom(...(Object.keys(kindTexts) as Kind[])),
  severity,
  region: fc.record({
    ...{ from: float, to: float, points: fc.nat(), share: fc.double({ min: 0, max: 1, noNaN: true }) },
    label: fc.oneof(number, text),
  }),
  worst: fc.record({
    ...{ input: float, label: number, computed: fc.option(float), exact: float },
    ...{ ulps: number.map(jsonNumber), index: maybe(fc.array(fc.nat())) },
  }),
  ...{ reason: maybe(text), cure: maybe(text), kernel: maybe(text) },
  line: maybe(fc.record({ file: text, line: fc.nat() })),
  change: maybe(change),
  fails: maybe(fc.constant(true as const)),
  ignored: maybe(fc.record({ reason: text, expires: maybe(text) })),
}) as unknown as fc.Arbitrary<GateFinding>;

/** Reports of all commands that nothing but their types holds together. */
export const anyReport = fc
  .record({
    report: fc.constantFrom(...reports),
    findings: fc.array(finding, { maxLength: 6 }),
    errors: fc.array(
      fc.record({ loss: maybe(text), implementation: maybe(text), target: maybe(text), message: text }),
      { maxLength: 3 },
    ),
    texts: fc.array(text, { maxLength: 3 }),
    interrupted: fc.boolean(),
    exitCode: fc.constantFrom(0, 1, 2, 129, 130, 143),
  })
  .map(
    ({ report, texts, ...changes }) =>
      ({
        ...report,
        ...changes,
        ...("warnings" in report && { warnings: texts }),
        ...("cured" in report && { cured: texts.map((id) => ({ id, file: id, severity: "note" })) }),
      }) as AnyReport,
  );
