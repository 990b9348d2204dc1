import type { AnyReport } from "../any-report.js";
import { lossTitle } from "../loss-title.js";
import type { ImplementationSummary, Worst } from "../report.js";
import { count, decimal, twoDigits } from "../text.js";
import { details, escaped, table } from "./escape.js";
import type { Section } from "./fitted.js";

const HEAD = [
  ...["implementation", "target", "verdict", "fails below 0 from", "fails above 0 from"],
  ...["worst ulps of the value", "of the gradient"],
];

/** What was swept of each loss, with how it fared; folded. */
export function implementationTables(report: AnyReport): Section[] {
  if (report.command === "fuzz") return [];
  return report.losses.map((summary) => {
    const { inputs, implementations } = summary;
    const body = `${escaped(inputs.join("; "))}\n\n${table(HEAD, implementations.map(row))}`;
    return {
      text: details(
        `${escaped(lossTitle(summary, report.losses))}: ${count(implementations.length, "audit")}`,
        body,
      ),
    };
  });
}

function row({
  implementation,
  target,
  verdict,
  onlyTarget,
  firstFailing,
  value,
  gradient,
}: ImplementationSummary): string[] {
  const { below, above } = firstFailing;
  return [
    escaped(implementation),
    escaped(target),
    onlyTarget ? `${verdict}, on this target only` : verdict,
    below ? decimal(below.input) : "",
    above ? decimal(above.input) : "",
    worst(value),
    worst(gradient),
  ];
}

function worst(quantity: Worst | undefined): string {
  return quantity ? twoDigits(quantity.ulps) : "";
}
