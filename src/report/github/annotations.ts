import type { GateFinding } from "../../gate/report.js";
import { severityRank } from "../../judge/finding.js";
import type { AnyReport } from "../any-report.js";
import { titleOf, worstOf } from "../finding-words.js";
import { phrase } from "../findings.js";
import { printable } from "../printable.js";
import type { AuditError } from "../report.js";
import { inRepository } from "../source-root.js";
import { count } from "../text.js";
import { auditedText, failsIn, foundText, verdictOf } from "../verdict.js";
import { type Command, commandText } from "./command.js";

/** GitHub shows so many annotations of each level for a step. */
const MOST = 10;
/** What it takes for a title, and what is still read of a message. */
const LONGEST_TITLE = 255;
const LONGEST = 2000;

/**
 * Workflow commands that make GitHub show what was found at the line to blame:
 * one for each implementation, line and level, the worst first, and a notice with
 * the verdict that counts the rest. Of a gate, what is as it was has none; nor has
 * what is negligible or ignored. `root` is the project's folder in its repository.
 */
export function annotations(report: AnyReport, root = ""): string {
  const fails = failsIn(report);
  const rank = (finding: GateFinding) => (fails(finding) ? 10 : 0) + severityRank[finding.severity];
  const told = report.findings
    .filter((finding: GateFinding) => !finding.ignored && (fails(finding) || isWorse(report, finding)))
    .sort((a, b) => rank(b) - rank(a));
  const places = new Map<string, GateFinding[]>();
  for (const finding of told) {
    const { loss, implementation, line } = finding;
    const key = JSON.stringify([fails(finding), loss, implementation, line]);
    places.set(key, [...(places.get(key) ?? []), finding]);
  }
  const all = [
    ...report.errors.map(notAudited),
    ...Array.from(places.values(), (same) => annotationOf(same, fails(same[0]) ? "error" : "warning", root)),
  ];
  const shown = (["error", "warning"] as const).flatMap((level) =>
    all.filter((one) => one.level === level).slice(0, MOST),
  );
  return [...shown, noticeOf(report, all.length - shown.length)].map(commandText).join("");
}

/** No failure, but to be seen. */
function isWorse(report: AnyReport, { severity, change }: GateFinding): boolean {
  return severity !== "note" && (report.command !== "gate" || change !== undefined);
}

/** Of findings at one place: the first in full, the others in short. */
function annotationOf(findings: readonly GateFinding[], level: Command["level"], root: string): Command {
  const [first] = findings;
  const { message, line, replay, change } = first;
  const others = new Set(findings.slice(1).map((one) => `${phrase(one)} on ${one.target}`));
  others.delete(`${phrase(first)} on ${first.target}`);
  const lines = [
    message,
    `${worstOf(first)}.`,
    replay,
    ...(others.size > 0 ? [`Also ${[...others].join("; ")}.`] : []),
  ];
  return {
    level,
    ...(line && { file: printable(inRepository(line.file, root)), line: line.line }),
    title: printable(titleOf(first) + (change ? ` (${change.kind})` : ""), LONGEST_TITLE),
    message: lines
      .filter((text) => text !== "")
      .map((text) => printable(text, LONGEST))
      .join("\n"),
  };
}

function notAudited({ loss, implementation, target, message }: AuditError): Command {
  const what = [loss, implementation, target && `on ${target}`].filter(Boolean).join(" ");
  const title = printable(["Not audited", what].filter(Boolean).join(": "), LONGEST_TITLE);
  return { level: "error", title, message: printable(message, LONGEST) };
}

function noticeOf(report: AnyReport, leftOut: number): Command {
  const { mark, text } = verdictOf(report);
  const found = report.command === "gate" ? ` All in all it found ${foundText(report.findings)}.` : "";
  const rest =
    leftOut === 0 ? "" : ` ${count(leftOut, "annotation")} left out: GitHub shows ${MOST} of a level.`;
  return { level: "notice", title: `${mark} ${text}`, message: auditedText(report) + found + rest };
}
