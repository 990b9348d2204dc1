import type { GateReport } from "../../gate/report.js";
import type { AnyReport } from "../any-report.js";
import { subjectOf } from "../errors.js";
import { devicesText, softwareText } from "../summary.js";
import { count } from "../text.js";
import { auditedText, verdictOf } from "../verdict.js";
import { details, escaped } from "./escape.js";
import { folded, shown } from "./findings.js";
import type { Section } from "./fitted.js";
import { implementationTables } from "./implementations.js";

/** The parts of the page, the most important ones first. */
export function sectionsOf(report: AnyReport): Section[] {
  const { mark, text } = verdictOf(report);
  const warnings = "warnings" in report ? report.warnings : [];
  return [
    { text: `### ${mark} ${text}` },
    { text: auditedText(report) },
    ...notAudited(report),
    ...(report.command === "gate" ? ofGate(report) : ofFindings(report)),
    ...implementationTables(report),
    ...list("Warnings", warnings),
    { text: footer(report) },
  ];
}

function notAudited({ errors }: AnyReport): Section[] {
  return errors.map(({ message, ...names }) => {
    const what = subjectOf(names);
    return { text: `**Not audited${what === "" ? "" : `: ${escaped(what)}`}.** ${escaped(message)}` };
  });
}

function ofFindings(report: Exclude<AnyReport, GateReport>): Section[] {
  const { findings } = report;
  const cured = "cured" in report ? report.cured : [];
  return [
    ...shown(findings.filter(({ severity }) => severity !== "note")),
    ...folded(
      "Negligible",
      findings.filter(({ severity }) => severity === "note"),
    ),
    ...curedSection(cured),
  ];
}

/** What fails first; what is as it was is folded. */
function ofGate({ findings, cured, baseline, changed }: GateReport): Section[] {
  const counted = findings.filter(({ ignored }) => !ignored);
  const isSame = ({ change, improvement }: (typeof counted)[number]) => !change && !improvement;
  return [
    ...shown(counted.filter(({ fails }) => fails)),
    ...folded(
      "Not as in the baseline, and no failure",
      counted.filter((finding) => !finding.fails && !isSame(finding)),
    ),
    ...curedSection(cured),
    ...folded("As in the baseline", counted.filter(isSame)),
    ...folded(
      "Ignored",
      findings.filter(({ ignored }) => ignored),
    ),
    ...list(`Not as when ${baseline.file} was written`, baseline.differences),
    ...list(`Not in ${baseline.file} any more`, baseline.removed),
    ...list(`Passed over, unchanged since ${changed?.since}`, changed?.unchanged ?? []),
  ];
}

function curedSection(cured: readonly { id: string }[]): Section[] {
  return list(
    `Cured: ${count(cured.length, "finding")}`,
    cured.map(({ id }) => id),
  );
}

/** A folded list; nothing where it is empty. */
function list(what: string, items: readonly string[]): Section[] {
  if (items.length === 0) return [];
  return [{ text: details(escaped(what), items.map((item) => `- ${escaped(item)}`).join("\n")) }];
}

function footer({ version, seed, targets }: AnyReport): string {
  const devices = targets.length === 0 ? "" : ` ${devicesText(targets)} ${softwareText(targets)}`.trimEnd();
  return `<sub>${escaped(`loss-audit ${version}, seed ${seed}.${devices}`)}</sub>`;
}
