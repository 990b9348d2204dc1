import type { Terminal } from "../cli/colour.js";
import type { SkippedLoss } from "../init/find-losses.js";
import type { Proposal } from "../init/init.js";
import { count, wrap } from "./text.js";

/** Lines of those that were passed over. */
const LISTED = 10;

/** What was found, numbered, and what was passed over, with the reasons. */
export function foundText({ losses, skipped, files }: Proposal, { columns, colour }: Terminal): string {
  const head =
    losses.length > 0
      ? `${count(losses.length, "function")} that ${losses.length === 1 ? "looks" : "look"} like a loss:`
      : `No function in ${count(files, "source file")} looks like a loss: none that a file exports which imports ` +
        "@tensorflow/tfjs, and which takes (logits, labels) and says by its name, or that of its file, what it is.";
  const lines = losses.map(({ loss, parameters, from }, i) => {
    const takes = `(${parameters.join(", ")})${from === "probabilities" ? ", from probabilities" : ""}`;
    return wrap(`${loss} ${takes}`, columns, `  ${i + 1}  `, "     ").replace(takes, (words) =>
      colour.dim(words),
    );
  });
  return `${[colour.bold(wrap(head, columns)), ...lines, ...passedOver(skipped, columns)].join("\n")}\n`;
}

function passedOver(skipped: readonly SkippedLoss[], columns: number): string[] {
  if (skipped.length === 0) return [];
  const more =
    skipped.length > LISTED ? [`  ${skipped.length - LISTED} more: audit init --json has them.`] : [];
  return [
    "",
    "Passed over:",
    ...skipped
      .slice(0, LISTED)
      .map(({ loss, reason }) => wrap(`${loss}: ${reason}.`, columns, "  ", "     ")),
    ...more,
  ];
}

/** What was written, and what to do next. */
export function writtenText(
  { file, project, above }: Proposal,
  losses: number,
  { columns, colour }: Terminal,
): string {
  const what = losses > 0 ? ` with ${losses === 1 ? "one loss" : `${losses} losses`}` : "";
  const before = above === undefined ? "" : ` In this folder it takes the place of ${above}.`;
  const steps: [command: string, purpose: string][] = [
    ...(losses > 0 ? [] : [[`edit ${file}`, "to name your losses"] as [string, string]]),
    ...(project.hasAudit ? [] : [["npm install --save-dev loss-audit", ""] as [string, string]]),
    ["npx audit gate --update", "writes audit-baseline.json: what is found today"],
    [`git add ${file} audit-baseline.json`, ""],
    ["npx audit gate", "for CI: exits with 1 when a loss gets worse"],
  ];
  const widest = Math.max(...steps.map(([command, purpose]) => (purpose ? command.length : 0)));
  const corpus =
    "Failures that the search finds are kept in .audit/corpus, which belongs into git; .audit/shard-*.json does not.";
  return `${[
    wrap(`Wrote ${file}${what}.${before}`, columns),
    "",
    colour.bold("Next:"),
    ...steps.map(([command, purpose]) => `  ${command.padEnd(widest)}  ${purpose}`.trimEnd()),
    "",
    wrap(corpus, columns),
  ].join("\n")}\n`;
}
