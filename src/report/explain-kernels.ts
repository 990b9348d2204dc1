import { basename } from "node:path";
import Table, { type Cell } from "cli-table3";
import type { Terminal } from "../cli/colour.js";
import type { ExplainedKernel, ExplainedPoint } from "../explain/report.js";
import type { JsonNumber } from "../judge/finding.js";
import { exactText, scientific } from "./explain-exact.js";
import { fromJsonNumber } from "./json.js";
import { decimal, truncate, twoDigits } from "./text.js";

/** No lines but the blank between two columns. */
const chars = Object.fromEntries(
  ["top", "bottom", "mid", "left", "right"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .map((name) => [name, ""]),
);

/** A result off by more ulps than this is marked: three of its seven digits. */
const WRONG = 8192;

/** What the marks and columns mean. */
export const KERNELS_LEGEND =
  "> the kernel to blame, ! results that are wrong. own: ulps that the kernel itself adds to what it is given; " +
  "passed: ulps that come from its inputs. Of an exact number that is not resolved stands what is known, and ? for " +
  "ulps that are not.";

const HEAD = ["", "", "kernel", "computed", "exact", "own", "passed", "line"];
const CALL = 2;
const MIN_CALL = 14;

/** The kernels of a point in the order in which they ran, one a line, as wide as the terminal at most. */
export function kernelsText(point: ExplainedPoint, { columns, colour }: Terminal): string {
  const blamed = new Set(point.reasons.map(({ id }) => id));
  const { file, name } = lineNames(point.kernels);
  const pixel = point.index?.join();
  const rows = point.kernels.map((kernel) => cells(kernel, blamed.has(kernel.id), pixel, name));
  const widths = HEAD.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const total = () => widths.reduce((sum, width) => sum + width + 1, -1);
  widths[CALL] = Math.max(MIN_CALL, widths[CALL] - Math.max(0, total() - columns));

  const table = new Table({
    chars: { ...chars, middle: " " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: widths,
  });
  table.push(aligned(HEAD));
  point.kernels.forEach((kernel, i) => {
    if (i === 0 || kernel.pass !== point.kernels[i - 1].pass) {
      const title = kernel.pass === "forward" ? `forward${file ? `, ${file}` : ""}` : "backward";
      table.push([{ content: colour.dim(rule(title, Math.min(total(), columns))), colSpan: HEAD.length }]);
    }
    const row = rows[i].map((cell, column) => (column === CALL ? truncate(cell, widths[CALL]) : cell));
    const paint = row[0] === ">" ? colour.red : row[0] === "!" ? colour.yellow : (text: string) => text;
    table.push(aligned(row.map((cell) => paint(cell))));
  });
  return table.toString().replace(/ +$/gm, "");
}

function aligned(row: readonly string[]): Cell[] {
  return row.map((content, i) => (i > CALL ? { content, hAlign: "right" } : content));
}

function rule(title: string, width: number): string {
  return `── ${title} ${"─".repeat(Math.max(0, width - title.length - 4))}`;
}

function cells(
  kernel: ExplainedKernel,
  isBlamed: boolean,
  pixel: string | undefined,
  nameOf: (kernel: ExplainedKernel) => string,
): string[] {
  const { id, computed, exact, enclosure, own, passedOn } = kernel;
  return [
    isBlamed ? ">" : isWrong(kernel) ? "!" : "",
    id,
    call(kernel, pixel),
    scientific(decimal(computed)),
    exactText(exact, enclosure),
    ulpsText(own),
    ulpsText(passedOn),
    nameOf(kernel),
  ];
}

/** Ulps in two digits; `?` where the enclosure of the exact number does not tell. */
function ulpsText(ulps: JsonNumber): string {
  return ulps === "NaN" ? "?" : twoDigits(ulps);
}

function isWrong({ own, passedOn }: ExplainedKernel): boolean {
  return [own, passedOn].map(fromJsonNumber).some((ulps) => ulps > WRONG);
}

/** `Sub(1, %2)`, with the element that is shown of a tensor where it is not the explained pixel's. */
function call({ kernel, inputs, index, shape }: ExplainedKernel, pixel: string | undefined): string {
  const names: Record<string, string> = { logits: "x", labels: "z" };
  const operands = inputs.map(({ from, computed }) => {
    if (from === "constant") return computed ? scientific(decimal(computed)) : "constant";
    return names[from] ?? from;
  });
  const isElsewhere = index !== undefined && index.join() !== pixel;
  const element = isElsewhere ? `[${index.filter((_, axis) => shape[axis] > 1).join(",")}]` : "";
  return `${kernel}(${operands.join(", ")})${element}`;
}

/** Lines by number alone of the file that has most of them, which is named once. */
function lineNames(kernels: readonly ExplainedKernel[]): {
  file?: string;
  name: (kernel: ExplainedKernel) => string;
} {
  const counts = new Map<string, number>();
  for (const { line } of kernels) if (line) counts.set(line.file, (counts.get(line.file) ?? 0) + 1);
  const [main] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  return {
    ...(main !== undefined && { file: basename(main) }),
    name: ({ line }) => {
      if (line === undefined) return "";
      return line.file === main ? String(line.line) : `${basename(line.file)}:${line.line}`;
    },
  };
}
