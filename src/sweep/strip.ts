import type { Finding, Kind } from "../judge/finding.js";
import type { Cell, ImplementationSummary } from "../report/report.js";

export const CELLS = 24;

/** From good to bad: the worst that happens in a cell is what it shows. */
const cells: readonly Cell[] = ["good", "inaccurate", "dead", "infinity", "nan", "throws"];

/** All others are finite numbers that are wrong: lost accuracy, the wrong sign, another function. */
const cellOf: Partial<Record<Kind, Cell>> = {
  throws: "throws",
  nan: "nan",
  overflow: "infinity",
  "dead-gradient": "dead",
};

/**
 * The swept range in cells of equal width, from left to right, each with the worst that happens in it to value or
 * gradient for any label: of the findings of one implementation on one target, without those of whole maps. A cell
 * holds its left end, the last one both. Notes count as good; an `underflow` is inaccurate, since it is the value
 * that is 0; of a mixed region all cells count.
 */
export function strip(
  findings: readonly Pick<Finding, "kind" | "severity" | "region">[],
  [low, high]: readonly [low: number, high: number],
): Cell[] {
  const worst = new Array<number>(CELLS).fill(0);
  const place = (x: number) => Math.min(Math.floor((CELLS * (x - low)) / (high - low)), CELLS - 1);
  for (const { kind, severity, region } of findings) {
    const [from, to] = [Number(region.from.value), Number(region.to.value)];
    if (severity === "note" || from > high || to < low) continue;
    const rank = cells.indexOf(cellOf[kind] ?? "inaccurate");
    const last = place(Math.min(to, high));
    for (let i = place(Math.max(from, low)); i <= last; i++) worst[i] = Math.max(worst[i], rank);
  }
  return worst.map((rank) => cells[rank]);
}

/** What was found at the points of a range, for all implementations on one target. */
export interface Swept {
  range: readonly [low: number, high: number];
  findings: readonly Omit<Finding, "id">[];
}

/** A line of the table with its strip; as it is where no range was swept, or nothing is known of the implementation. */
export function withStrip(line: ImplementationSummary, swept: Swept | undefined): ImplementationSummary {
  if (swept === undefined || line.verdict === "failed") return line;
  const mine = swept.findings.filter(({ implementation }) => implementation === line.implementation);
  return { ...line, strip: strip(mine, swept.range) };
}
