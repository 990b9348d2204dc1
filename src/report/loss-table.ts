import Table, { type Cell } from "cli-table3";
import type { Terminal } from "../cli/colour.js";
import { visible } from "../inputs/visible.js";
import type { Float } from "../judge/finding.js";
import type { ImplementationSummary, LossSummary, Worst } from "./report.js";
import { severityColour } from "./severity.js";
import { stripBlock } from "./strip-block.js";
import { count, decimal, truncate, twoDigits, wrap } from "./text.js";

const MIN_NAME = 9;

/** No lines but the blank between two columns. */
const chars = Object.fromEntries(
  ["top", "bottom", "mid", "left", "right"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((name) => [name, ""]),
);

function worst(quantity: Worst | undefined, ulpsWidth: number): string {
  if (quantity === undefined) return "–";
  return `${twoDigits(quantity.relative)} ${twoDigits(quantity.ulps).padStart(ulpsWidth)}`;
}

function cells(row: ImplementationSummary, ulpsWidth: number): string[] {
  const { below, above } = row.firstFailing;
  return [
    row.implementation,
    row.target,
    row.onlyTarget ? `${row.verdict} *` : row.verdict,
    below === undefined ? "–" : brief(below.input),
    above === undefined ? "–" : brief(above.input),
    worst(row.value, ulpsWidth),
    worst(row.gradient, ulpsWidth),
  ];
}

/** In the table a huge or tiny logit has five digits; the findings have all of them. */
function brief(x: Float): string {
  const text = decimal(x);
  return text.length > 11 ? String(Number(Number(x.value).toPrecision(5))) : text;
}

/** A name in at most two lines, parted at hyphens, or shortened when that is not enough. */
function fitName(name: string, columns: number): string {
  const lines = wrap(name.replaceAll("-", "- "), columns + 1)
    .replaceAll("- ", "-")
    .split("\n");
  return lines.length <= 2 && lines.every((line) => line.length <= columns)
    ? lines.join("\n")
    : truncate(name, columns);
}

function longest(texts: string[]): number {
  return Math.max(...texts.map((text) => text.length));
}

/** The table of one loss, as wide as the terminal at most. */
export function lossTable(loss: LossSummary, { columns, colour }: Terminal): string {
  const summary = withVisibleNames(loss);
  const names = [...new Set(summary.implementations.map((row) => row.implementation))];
  const ordered = names.flatMap((name) =>
    summary.implementations.filter((row) => row.implementation === name),
  );
  const ulps = ordered.flatMap(({ value, gradient }) =>
    [value, gradient].map((w) => twoDigits(w?.ulps ?? 0)),
  );
  const rows = ordered.map((row) => cells(row, longest(["ulps", ...ulps])));
  const head = ["implementation", "target", "verdict", "below 0", "above 0", "rel.  ulps", "rel.  ulps"];
  // "first failing logit" stands over two columns.
  const least = [0, 0, 0, 9, 9, 0, 0];
  const widths = head.map((title, i) => Math.max(least[i], longest([title, ...rows.map((row) => row[i])])));
  // One blank between two columns, and one more before each of the two pairs of numbers.
  widths[5]++;
  widths[6]++;
  const total = () => widths.reduce((sum, width) => sum + width + 1, -1);
  widths[0] = Math.max(MIN_NAME, widths[0] - Math.max(0, total() - columns));

  const right = (content: string): Cell => ({ content, hAlign: "right" });
  const table = new Table({
    chars: { ...chars, middle: " " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: widths,
  });
  table.push([
    "",
    "",
    "",
    { content: "first failing logit", colSpan: 2, hAlign: "right" },
    right("value"),
    right("gradient"),
  ]);
  table.push(head.map((title, i) => (i < 3 ? title : right(title))));
  table.push([{ content: colour.dim("─".repeat(total())), colSpan: 7 }]);
  rows.forEach((row, i) => {
    const repeated = i > 0 && rows[i - 1][0] === row[0];
    table.push([
      repeated ? "" : fitName(row[0], widths[0]),
      row[1],
      row[2].replace(ordered[i].verdict, severityColour(ordered[i].verdict, colour)),
      ...row.slice(3).map(right),
    ]);
  });
  const leaks = summary.implementations
    .filter((row) => row.leakedTensors)
    .map(
      (row) =>
        `${row.implementation} on ${row.target} leaves ${count(row.leakedTensors!, "tensor")} allocated.`,
    );
  const strips = stripBlock(summary, { columns, colour });
  return [
    colour.bold(summary.loss),
    ...summary.inputs.map((line) => colour.dim(wrap(line, columns))),
    "",
    table.toString().replace(/ +$/gm, ""),
    ...(ordered.some(({ onlyTarget }) => onlyTarget) ? ["* on this target only"] : []),
    ...leaks.map((line) => wrap(line, columns)),
    ...(strips.length > 0 ? ["", ...strips] : []),
    "",
  ].join("\n");
}

function withVisibleNames({ loss, implementations, ...rest }: LossSummary): LossSummary {
  return {
    ...rest,
    loss: visible(loss),
    implementations: implementations.map((row) => ({ ...row, implementation: visible(row.implementation) })),
  };
}
