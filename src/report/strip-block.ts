import type { Terminal } from "../cli/colour.js";
import { formatFloat32 } from "../inputs/float32.js";
import type { Cell, LossSummary } from "./report.js";
import { truncate, wrap } from "./text.js";

/** What a cell is called, and the sign that tells it apart without colour. */
export const signs: Record<Cell, { sign: string; name: string; paint: "dim" | "yellow" | "red" }> = {
  good: { sign: "·", name: "good", paint: "dim" },
  inaccurate: { sign: "~", name: "inaccurate", paint: "yellow" },
  dead: { sign: "0", name: "dead gradient", paint: "red" },
  infinity: { sign: "∞", name: "Infinity", paint: "red" },
  nan: { sign: "N", name: "NaN", paint: "red" },
  throws: { sign: "!", name: "throws", paint: "red" },
};

interface Line {
  implementation: string;
  targets: string[];
  strip: readonly Cell[];
}

/** The swept range of each implementation from left to right, at most `columns` wide; empty where none was swept. */
export function stripBlock({ implementations, range }: LossSummary, { columns, colour }: Terminal): string[] {
  const lines = joined(implementations);
  if (range === undefined || lines.length === 0) return [];
  const length = lines[0].strip.length;
  const titles = ["implementation", "target"];
  const widths = [
    longest([titles[0], ...lines.map(({ implementation }) => implementation)]),
    longest([titles[1], ...lines.map(({ targets }) => targets.join(", "))]),
  ];
  // Names give way first, then targets.
  const excess = () => Math.max(0, widths[0] + widths[1] + length + 2 - columns);
  widths[0] = Math.max(titles[0].length, widths[0] - excess());
  widths[1] = Math.max(titles[1].length, widths[1] - excess());
  const row = (cells: string[], strip: string) =>
    `${cells.map((text, i) => truncate(text, widths[i]).padEnd(widths[i])).join(" ")} ${strip}`;
  return [
    row(titles, axis(range, length)),
    colour.dim("─".repeat(widths[0] + widths[1] + length + 2)),
    ...lines.map(({ implementation, targets, strip }, i) => {
      const isRepeated = i > 0 && lines[i - 1].implementation === implementation;
      return row([isRepeated ? "" : implementation, targets.join(", ")], painted(strip, colour));
    }),
    ...legend(lines, columns).map((line) => colour.dim(line)),
  ];
}

/** Targets with equal strips are one line. */
function joined(implementations: LossSummary["implementations"]): Line[] {
  const byName = new Map<string, Line[]>();
  for (const { implementation, target, strip } of implementations) {
    if (strip === undefined) continue;
    const lines = byName.get(implementation) ?? [];
    byName.set(implementation, lines);
    const same = lines.find((line) => line.strip.join() === strip.join());
    if (same) same.targets.push(target);
    else lines.push({ implementation, targets: [target], strip });
  }
  return [...byName.values()].flat();
}

/** The ends of the range over the outer cells, in five digits if need be, and 0 over its cell where there is room. */
function axis([low, high]: readonly [number, number], length: number): string {
  const exact = [low, high].map(formatFloat32);
  const isShort = exact[0].length + exact[1].length < length;
  const brief = (end: number) => formatFloat32(Math.fround(Number(end.toPrecision(5))));
  const [left, right] = isShort ? exact : [low, high].map(brief);
  const ends = left.padEnd(length - right.length) + right;
  const zero = Math.floor((length * -low) / (high - low));
  const isFree = zero > left.length && zero < length - right.length - 1;
  return isFree ? `${ends.slice(0, zero)}0${ends.slice(zero + 1)}` : ends;
}

function painted(strip: readonly Cell[], colour: Terminal["colour"]): string {
  return strip
    .map((cell) => signs[cell])
    .map(({ sign, paint }) => colour[paint](sign))
    .join("");
}

/** Of the signs that occur. */
function legend(lines: readonly Line[], columns: number): string[] {
  const occurring = new Set(lines.flatMap(({ strip }) => strip));
  const words = Object.entries(signs)
    .filter(([cell]) => occurring.has(cell as Cell))
    .map(([, { sign, name }]) => `${sign}\u00a0${name.replaceAll(" ", "\u00a0")}`);
  const text = `${words.join(", ")}: the worst of value and gradient, over all labels.`;
  return wrap(text, columns).replaceAll("\u00a0", " ").split("\n");
}

function longest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length));
}
