import type { Quantity } from "../../judge/finding.js";
import { printable } from "../printable.js";
import type { Axis } from "./axis.js";
import { boundaryLabels } from "./boundary-labels.js";
import type { DrawnLine, DrawnRow } from "./plot.js";
import type { Shade } from "./regions.js";
import type { Line, Panel, Row } from "./rows.js";
import type { Scale } from "./scale.js";
import { type Dot, thinned } from "./thin.js";

/** Where a plot draws its rows. */
export interface Frame {
  /** Ascending logits, those of the curve. */
  xs: readonly number[];
  range: readonly [low: number, high: number];
  axis: Axis;
  scale: Scale;
}

/** A tenth of a pixel less or more can't be seen; of the noise of rounding half a bit is left out. */
const THIN = 0.3;
const THIN_BITS = 0.8;
/** Of what happens at one point. */
const NARROWEST = 2;
const LABEL_LINES = 3;

/** Rows that show the exact curve, with what is computed over it. */
export function curveRows(
  rows: readonly Row[],
  exact: readonly number[],
  quantity: Quantity,
  frame: Frame,
): DrawnRow[] {
  const line = thinned(dots(exact, frame), THIN);
  return rows.map((row) => ({
    title: titleOf(row),
    lines: [
      { dots: line, className: "exact" },
      ...drawn(row[quantity], ({ computed }) => computed, frame, THIN),
    ],
    shades: shadesOf(row[quantity].shades, frame),
    bars: bars(row[quantity], ({ computed }) => computed, frame),
    texts: [],
  }));
}

/** Rows that show the error in bits, with the failing regions and their boundaries. */
export function errorRows(rows: readonly Row[], quantity: Quantity, frame: Frame): DrawnRow[] {
  return rows.map((row) => {
    const { shades } = row[quantity];
    return {
      title: titleOf(row),
      lines: drawn(row[quantity], ({ bits }) => bits, frame, THIN_BITS),
      shades: shadesOf(shades, frame),
      bars: bars(row[quantity], ({ bits }) => bits, frame),
      texts: boundaryLabels(shades, frame.axis, frame.range, LABEL_LINES),
    };
  });
}

/** As many names as there is room for. */
function titleOf({ implementations }: Row): string {
  const most = 50;
  const all = printable(implementations.join(", "));
  if (all.length <= most) return all;
  const shown = implementations.filter(
    (_, i) => implementations.slice(0, i + 1).join(", ").length < most - 12,
  );
  return shown.length === 0
    ? printable(implementations[0], most)
    : `${printable(shown.join(", "))} and ${implementations.length - shown.length} more`;
}

function drawn(
  { lines }: Panel,
  numbers: (line: Line) => readonly (number | null)[],
  frame: Frame,
  tolerance: number,
): DrawnLine[] {
  return lines.map((line, i) => ({
    dots: thinned(dots(numbers(line), frame), tolerance),
    className: `computed dash${i % 4}`,
  }));
}

/** A line through what is there; a gap where it is not finite. */
function dots(numbers: readonly (number | null)[], { xs, axis, scale }: Frame): Dot[] {
  return numbers.flatMap((y, i): Dot[] => {
    if (y === null) return [];
    return [Number.isFinite(y) ? [tenth(axis.place(xs[i])), tenth(scale.place(y))] : null];
  });
}

/** Stretches without a finite number: NaN and -Infinity at the lower edge, Infinity at the upper one. */
function bars(
  { lines }: Panel,
  numbers: (line: Line) => readonly (number | null)[],
  { xs, axis }: Frame,
): DrawnRow["bars"] {
  const all: DrawnRow["bars"] = [];
  for (const line of lines) {
    let last: DrawnRow["bars"][number] | undefined;
    numbers(line).forEach((y, i) => {
      if (y === null) return;
      const edge = Number.isFinite(y) ? undefined : y === Infinity ? "top" : "bottom";
      const x = tenth(axis.place(xs[i]));
      if (edge !== undefined && last?.edge === edge) last.x2 = x;
      else if (edge !== undefined) all.push({ x1: x, x2: x, edge });
      last = edge === undefined ? undefined : all[all.length - 1];
    });
  }
  const different = new Map(all.map((bar) => [JSON.stringify(bar), { ...bar, ...wide(bar.x1, bar.x2) }]));
  return [...different.values()];
}

function shadesOf(shades: readonly Shade[], frame: Frame): DrawnRow["shades"] {
  return shades.map(({ from, to, severity }) => {
    const [x1, x2] = placed(from, to, frame);
    return { ...wide(x1, x2), className: `shade ${severity}` };
  });
}

/** In the range of the axis. */
function placed(from: number, to: number, { axis, range: [low, high] }: Frame): [number, number] {
  const at = (x: number) => tenth(axis.place(Math.max(low, Math.min(high, x))));
  return [at(from), at(to)];
}

function wide(x1: number, x2: number): { x1: number; x2: number } {
  const missing = Math.max(0, NARROWEST - (x2 - x1)) / 2;
  return { x1: x1 - missing, x2: x2 + missing };
}

function tenth(x: number): number {
  return Math.round(10 * x) / 10;
}
