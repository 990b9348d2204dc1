import type { Terminal } from "../cli/colour.js";
import type { BaselineFinding } from "../gate/baseline.js";
import type { GateFinding, GateReport } from "../gate/report.js";
import { isOfSearch } from "./of-search.js";
import { count, decimal, wrap } from "./text.js";
import { foundText } from "./verdict.js";

const TAG = 9;

const tags = {
  new: "new",
  "more-severe": "severer",
  grown: "grown",
  "less-severe": "milder",
  shrunk: "shrunk",
};

/** What is not as it was and does not fail, one a line: what else changed, what was cured, what is ignored. */
export function changesText(
  { findings, cured, baseline }: GateReport,
  { columns, colour }: Terminal,
): string {
  const line = (tag: string, text: string) => wrap(text, columns, tag.padEnd(TAG), " ".repeat(TAG));
  const others = findings.filter(({ ignored, fails }) => !ignored && !fails);
  // Without a baseline all is new.
  const fresh = baseline.state === "absent" ? others : [];
  const changed = others.filter(({ change, improvement }) => (change ?? improvement) && fresh.length === 0);
  return [
    ...changed.map((finding) => line(tagOf(finding), `${finding.id}: ${differenceText(finding)}`)),
    ...cured.map((one) =>
      line("cured", `${one.id}: was ${stateText(one)}`).replace("cured", (word) => colour.green(word)),
    ),
    ...baseline.removed.map((name) => line("removed", name)),
    ...(fresh.length > 0 ? [line("new", `${foundText(fresh)}, not severe enough to fail`)] : []),
    ...reasonsOf(findings).map(([reason, n]) => line("ignored", `${count(n, "finding")}: ${reason}`)),
  ].join("\n");
}

/** What a finding is, and what was accepted of it. */
export function differenceText(finding: GateFinding): string {
  const { change, improvement, severity } = finding;
  const { was } = { was: undefined, ...(change ?? improvement) };
  // Of a search the region is that of the example.
  const now = stateText(isOfSearch(finding) ? { severity } : { severity, ...finding.region });
  return was ? `${now}, was ${stateText(was)}` : now;
}

/** `error, 88.72284 to 120` */
function stateText({ severity, from, to }: Omit<BaselineFinding, "id">): string {
  if (severity === "note" || from === undefined || to === undefined) return severity;
  return `${severity}, ${from.bits === to.bits ? decimal(from) : `${decimal(from)} to ${decimal(to)}`}`;
}

function tagOf({ change, improvement }: GateFinding): string {
  return tags[(change ?? improvement)?.kind ?? "new"];
}

/** How many findings are ignored for each reason. */
function reasonsOf(findings: readonly GateFinding[]): [reason: string, n: number][] {
  const counts = new Map<string, number>();
  for (const { ignored } of findings) {
    if (!ignored) continue;
    const reason = ignored.expires ? `${ignored.reason} (until ${ignored.expires})` : ignored.reason;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts];
}
