import type { Row } from "./benchmark.js";

/** Rows as aligned text; numbers to the right. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ what, result, ratio = "", goal }) => [
    what,
    result,
    ratio,
    goal ? `goal ${goal.text}: ${goal.met ? "met" : "MISSED"}` : "",
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map(([what, result, ratio, goal]) =>
      `  ${what.padEnd(widths[0])}  ${result.padStart(widths[1])}  ${ratio.padStart(widths[2])}  ${goal}`.trimEnd(),
    )
    .join("\n");
}
