import type { GateFinding } from "../../gate/report.js";
import { placeOf, regionOf, titleOf, worstOf } from "../finding-words.js";
import { decimal, isCommand } from "../text.js";
import { foundText } from "../verdict.js";
import { code, codeBlock, details, escaped, table } from "./escape.js";
import type { Section } from "./fitted.js";

/** Rows of one table; what is beyond them is counted. */
const MOST_ROWS = 50;

/** Findings that differ in their targets alone. */
interface Row {
  finding: GateFinding;
  targets: string[];
  count: number;
}

/** Findings that matter: a table of them, then each in full, folded. */
export function shown(findings: readonly GateFinding[]): Section[] {
  if (findings.length === 0) return [];
  const rows = rowsOf(findings);
  return [{ text: findingTable(rows) }, ...rows.map((row) => ({ text: block(row), findings: row.count }))];
}

/** Findings that are there, and matter less: a folded table of them. */
export function folded(what: string, findings: readonly GateFinding[]): Section[] {
  if (findings.length === 0) return [];
  return [{ text: details(`${what}: ${foundText(findings)}`, findingTable(rowsOf(findings))) }];
}

function rowsOf(findings: readonly GateFinding[]): Row[] {
  const rows = new Map<string, Row>();
  for (const finding of findings) {
    const { loss, implementation, quantity, kind, target } = finding;
    const key = JSON.stringify([
      ...[loss, implementation, quantity, kind, statusOf(finding)],
      ...[regionOf(finding), finding.ignored],
    ]);
    const row = rows.get(key) ?? { finding, targets: [], count: 0 };
    rows.set(key, row);
    if (!row.targets.includes(target)) row.targets.push(target);
    row.count++;
  }
  return [...rows.values()];
}

function findingTable(rows: readonly Row[]): string {
  const isIgnored = rows[0].finding.ignored !== undefined;
  const lines = rows
    .slice(0, MOST_ROWS)
    .map(({ finding, targets }) => [
      statusOf(finding),
      escaped(titleOf(finding, targets)),
      escaped(finding.ignored ? ignoredText(finding.ignored) : regionOf(finding)),
      code(placeOf(finding) ?? ""),
    ]);
  const rest = rows.length - lines.length;
  if (rest > 0) lines.push(["", `and ${rest.toLocaleString("en-US")} more`, "", ""]);
  return table(["", "finding", isIgnored ? "ignored" : "fails at x =", "line"], lines);
}

/** `error, new`. */
function statusOf({ severity, change, improvement }: GateFinding): string {
  const differs = change ?? improvement;
  if (differs === undefined) return severity;
  const isOther = differs.kind === "more-severe" || differs.kind === "less-severe";
  return `${severity}, ${isOther ? `was ${differs.was.severity}` : differs.kind}`;
}

function ignoredText({ reason, expires }: NonNullable<GateFinding["ignored"]>): string {
  return expires === undefined ? reason : `${reason} (until ${expires})`;
}

function block({ finding, targets }: Row): string {
  const { message, cure, replay } = finding;
  const [before, place] = [beforeOf(finding), placeOf(finding)];
  const facts = [
    `- Fails at x = ${escaped(regionOf(finding))}.`,
    ...(before === undefined ? [] : [`- In the baseline it did at x = ${before}.`]),
    `- ${escaped(worstOf(finding))}.`,
    ...(place === undefined ? [] : [`- Line: ${code(place)}`]),
    ...(cure === undefined ? [] : [`- Instead: ${escaped(cure)}.`]),
  ];
  const body = [
    escaped(message),
    facts.join("\n"),
    ...(replay === "" ? [] : [codeBlock(replay, isCommand(replay) ? "sh" : "js")]),
  ];
  return details(`<b>${statusOf(finding)}</b> ${escaped(titleOf(finding, targets))}`, body.join("\n\n"));
}

/** The region that the baseline has. */
function beforeOf({ change }: GateFinding): string | undefined {
  const { from, to } = change && "was" in change ? change.was : {};
  return from && to && (from.bits === to.bits ? decimal(from) : `${decimal(from)} to ${decimal(to)}`);
}
