import type { LossSummary } from "./report.js";

/** What a loss is called among those of its report: exports of one file that are audited each by itself are told apart. */
export function lossTitle({ loss, implementations }: LossSummary, losses: readonly LossSummary[]): string {
  if (losses.filter((other) => other.loss === loss).length === 1) return loss;
  return `${loss}#${[...new Set(implementations.map(({ implementation }) => implementation))].join(", ")}`;
}
