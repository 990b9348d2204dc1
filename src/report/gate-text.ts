import type { Terminal } from "../cli/colour.js";
import type { GateFinding, GateReport } from "../gate/report.js";
import { errorsText } from "./errors.js";
import { command, findingsText } from "./findings.js";
import { fuzzFindingText } from "./fuzz-text.js";
import { changesText, differenceText } from "./gate-changes.js";
import { gateVerdict } from "./gate-verdict.js";
import { isOfSearch } from "./of-search.js";
import { repeatsOf } from "./repeats.js";
import { targetsText } from "./summary.js";
import { auditedCounts, count, section, wrap } from "./text.js";
import { foundText } from "./verdict.js";

const titles = {
  new: "New:",
  "more-severe": "More severe than accepted:",
  grown: "Grown beyond what is accepted:",
};

/** What a gate says to people: what fails in full, what else has changed in a line each, and the verdict last. */
export function gateText(report: GateReport, terminal: Terminal, { quiet }: { quiet: boolean }): string {
  const { columns, colour } = terminal;
  const failing = report.findings.filter(({ fails }) => fails);
  return [
    ...(["new", "more-severe", "grown"] as const).map((kind) => {
      const some = failing.filter(({ change }) => change?.kind === kind);
      return section(some.length === 0 ? "" : `${colour.bold(titles[kind])}\n\n${inFull(some, terminal)}`);
    }),
    quiet ? "" : section(changesText(report, terminal)),
    section(errorsText(report.errors, terminal)),
    quiet ? "" : section(targetsText(report, terminal)),
    quiet ? "" : section(wrap(auditedText(report), columns)),
    `${colour.bold(wrap(gateVerdict(report), columns))}\n`,
  ].join("");
}

/** Findings as sweep and fuzz show them, with what of them was accepted. What both have found is shown once. */
function inFull(findings: readonly GateFinding[], terminal: Terminal): string {
  const searched = findings.filter(isOfSearch);
  const swept = findings.filter((finding) => !isOfSearch(finding));
  const isRepeated = repeatsOf(swept);
  const known = findings.filter(({ change }) => change && change.kind !== "new");
  const line = ({ id }: GateFinding, text: string) =>
    `${wrap(`${id}: ${text}`, terminal.columns, "  ", "    ")}\n`;
  return [
    findingsText(swept, terminal),
    ...searched
      .filter((finding) => !isRepeated(finding))
      .map((finding) => fuzzFindingText(finding, terminal)),
    ...searched
      .filter(isRepeated)
      .map(
        (finding) =>
          line(finding, `${finding.severity}, found by the search too`) +
          (finding.replay && `${terminal.colour.cyan(command(finding.replay, terminal.columns))}\n`),
      ),
    ...known.map((finding) => line(finding, differenceText(finding))),
  ].join("");
}

/** How much was audited, and how much of what was found is accepted. */
function auditedText({ audited, runs, findings, baseline, changed }: GateReport): string {
  if (audited.implementations === 0) return "";
  const numbers = [...auditedCounts(audited), ...(runs > 0 ? [count(runs, "input")] : [])];
  const passed = changed?.unchanged.length ?? 0;
  const since = passed === 0 ? "" : `; ${passed} passed over, unchanged since ${changed?.since}`;
  const whole = changed?.everything ? `; all of them, since ${changed.everything}` : "";
  const isAccepted = ({ change, ignored }: GateFinding) =>
    !ignored && (change === undefined || baseline.state === "updated");
  const accepted = findings.filter(isAccepted);
  return `${numbers.join(", ")}${since}${whole}. Accepted: ${foundText(accepted)}.`;
}
