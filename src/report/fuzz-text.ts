import type { Terminal } from "../cli/colour.js";
import type { FuzzFinding, FuzzReport } from "../fuzz/report.js";
import { unravel } from "../inputs/row-major.js";
import type { Float } from "../judge/finding.js";
import { errorsText } from "./errors.js";
import { command, notes, phrase } from "./findings.js";
import { tally } from "./group.js";
import { fromJsonNumber } from "./json.js";
import { severityColour } from "./severity.js";
import { targetsText } from "./summary.js";
import {
  count,
  decimal,
  decimalAndBits,
  lossCount,
  nineDigits,
  section,
  subjectText,
  twoDigits,
  wrap,
} from "./text.js";

/** Of an example with more numbers than these, those are shown that are not 0. */
const MOST_NUMBERS = 12;
const INDENT = "  ";
const FIELD = 10;

/** Whether a finding is shown as soon as it is there: errors, and warnings unless it is to be quiet. */
export function isInFull({ severity }: FuzzFinding, { quiet }: { quiet: boolean }): boolean {
  return severity === "error" || (severity === "warning" && !quiet);
}

/** A finding as a good test shows a failure: what, the smallest example, computed beside exact, why, and how to see it again. */
export function fuzzFindingText(finding: FuzzFinding, { columns, colour }: Terminal): string {
  const { loss, implementation, target, severity } = finding;
  const title = `${subjectText(loss, [implementation])} on ${target}: ${phrase(finding)}`;
  const field = (name: string, text: string) =>
    wrap(text, columns, `${INDENT}${name.padEnd(FIELD)}`, " ".repeat(INDENT.length + FIELD));
  const lines = [
    wrap(title, columns, `${severity}  `, INDENT).replace(severity, severityColour(severity, colour)),
    ...parameterLines(finding, field),
    ...exampleLines(finding, field),
    ...numberLines(finding, field),
    ...regionLines(finding, field),
    field("why", finding.reason ?? finding.message),
    ...(finding.replay ? [colour.cyan(command(finding.replay, columns))] : []),
  ];
  return `${lines.join("\n")}\n\n`;
}

type Field = (name: string, text: string) => string;

/** Values that are not the defaults. */
function parameterLines({ parameters }: FuzzFinding, field: Field): string[] {
  if (parameters === undefined) return [];
  const values = Object.entries(parameters).map(([name, value]) => `${name} = ${nineDigits(value)}`);
  return [field("with", values.join(", "))];
}

/** The logits and labels; of a map those numbers that are not 0. */
function exampleLines({ example }: FuzzFinding, field: Field): string[] {
  const { shape, logits, labels } = example;
  if (logits.length === 1) return [field("input", `x = ${decimal(logits[0])}, z = ${decimal(labels[0])}`)];
  return [
    field("shape", `[${shape.join(", ")}]`),
    field("logits", numbersText(logits, shape)),
    field("labels", numbersText(labels, shape)),
  ];
}

/** Numbers of an example: all of a few; of many those that are not 0, with their indices. */
export function numbersText(floats: readonly Float[], shape: readonly number[]): string {
  if (floats.length <= MOST_NUMBERS) return `[${floats.map(decimal).join(", ")}]`;
  const others = floats.flatMap((x, i) =>
    fromJsonNumber(x.value) === 0 ? [] : `${decimal(x)} at [${unravel(i, shape, false).join(", ")}]`,
  );
  const shown = others.slice(0, MOST_NUMBERS).join(", ");
  const more = others.length > MOST_NUMBERS ? `, and ${others.length - MOST_NUMBERS} more` : "";
  return others.length === 0
    ? `${floats.length} times 0`
    : `${floats.length} numbers: 0 but for ${shown}${more}`;
}

function numberLines({ quantity, worst, kind, against }: FuzzFinding, field: Field): string[] {
  if (worst.computed === null) return [];
  const of = quantity === "gradient" && worst.index ? ` at [${worst.index.join(", ")}]` : "";
  const ulps = fromJsonNumber(worst.ulps);
  const off = Number.isFinite(ulps) && ulps > 0 ? `, ${twoDigits(worst.ulps)} ulps off` : "";
  return [
    field("computed", `${nineDigits(worst.computed.value)}${of}${off}`),
    field(kind === "divergence" ? String(against) : "exact", nineDigits(worst.exact.value)),
  ];
}

/** How far one logit may move with the failure there, all else as it is. */
function regionLines({ region: { from, to }, example, severity }: FuzzFinding, field: Field): string[] {
  if (from.bits === to.bits || severity === "note") return [];
  const rest = example.logits.length > 1 ? ", the other numbers as they are" : "";
  return [field("fails", `from ${decimalAndBits(from)} to ${decimalAndBits(to)}${rest}`)];
}

/** What comes after the findings: notes in short, what was cured, what went wrong, and the numbers. */
export function fuzzEndText(
  report: FuzzReport,
  terminal: Terminal,
  options: { quiet: boolean; isReplay: boolean },
): string {
  const { columns, colour } = terminal;
  const cured = report.cured
    .map(({ id, file }) => wrap(`${id} (${file})`, columns, "cured  ", "       "))
    .join("\n");
  return [
    options.quiet ? "" : section(notes(report.findings, terminal)),
    section(cured.replaceAll(/^cured/gm, (word) => colour.green(word))),
    section(errorsText(report.errors, terminal)),
    options.quiet ? "" : section(targetsText(report, terminal)),
    summary(report, terminal, options.isReplay),
  ].join("");
}

function summary(report: FuzzReport, { columns, colour }: Terminal, isReplay: boolean): string {
  const { losses, implementations, points } = report.audited;
  const { error, warning, note } = tally(report.findings);
  const found = [count(error, "error"), count(warning, "warning"), count(note, "note")].join(", ");
  const tried = report.findings.length + report.cured.length;
  // A replay takes no seed, and all but one of the implementations are there for comparison.
  const audited =
    isReplay && tried > 0
      ? `${count(tried, "failure")} tried again`
      : [
          lossCount(losses),
          count(implementations, "implementation"),
          ...(report.runs === 0 ? [] : [`${count(report.runs, "input")} (${count(points, "point")})`]),
          ...(isReplay ? [] : [`seed ${report.seed}`]),
        ].join(", ");
  const cured = report.cured.length === 0 ? "" : `; ${report.cured.length} cured`;
  const failures = report.errors.length === 0 ? "" : `; ${count(report.errors.length, "audit")} failed`;
  const interrupted = report.interrupted ? "Interrupted: this is what was found. " : "";
  const text = `${interrupted}${audited}: ${found}${cured}${failures}.`;
  return `${colour.bold(wrap(text, columns))}\n`;
}
