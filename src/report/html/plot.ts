import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Axis } from "./axis.js";
import { html, Markup, textOf } from "./markup.js";
import type { Scale } from "./scale.js";
import type { Dot } from "./thin.js";

/** What is drawn in one row of a plot, in pixels of its frame. */
export interface DrawnRow {
  title: string;
  lines: DrawnLine[];
  shades: { x1: number; x2: number; className: string }[];
  /** Bars along the upper or lower edge of the frame: what can't be drawn at its height. */
  bars: { x1: number; x2: number; edge: "top" | "bottom" }[];
  texts: DrawnText[];
}

export interface DrawnLine {
  dots: readonly Dot[];
  className: string;
}

export interface DrawnText {
  x: number;
  y: number;
  text: string;
  anchor: "start" | "middle" | "end";
}

export interface DrawnPlot {
  axis: Axis;
  scale: Scale;
  rows: readonly DrawnRow[];
  /** What it shows, for those who don't see it. */
  description: string;
}

const LEFT = 38;
const RIGHT = 14;
/** Of a row, above and below its frame. */
const TITLE = 18;
const GAP = 6;
const AXIS = 20;
const BAR = 4;

/** Draws rows below each other, over one axis. */
export function plotSvg({ axis, scale, rows, description }: DrawnPlot): Markup {
  const { document } = parseHTML("<html><body></body></html>");
  const rowHeight = TITLE + scale.height + GAP;
  // Everything has its place in pixels already, so that it could be thinned: Plot's scales only move it into the frames.
  const each = <T>(of: (row: DrawnRow) => readonly T[]) =>
    rows.flatMap((row, i) => of(row).map((item) => ({ ...item, row: i })));
  const classes = [...new Set(each(({ lines }) => lines).map(({ className }) => className))];
  const shades = [...new Set(each((row) => row.shades).map(({ className }) => className))];
  const bar = (edge: "top" | "bottom") => (edge === "top" ? [0, BAR] : [scale.height - BAR, scale.height]);
  const svg = Plot.plot({
    document: document as never,
    width: LEFT + axis.width + RIGHT,
    height: rows.length * rowHeight + AXIS,
    ...{ marginLeft: LEFT, marginRight: RIGHT, marginTop: 0, marginBottom: AXIS },
    ...{ insetTop: TITLE, insetBottom: GAP },
    x: { domain: [0, axis.width], axis: null },
    y: { domain: [scale.height, 0], axis: null },
    fy: { domain: rows.map((_, i) => i), padding: 0, axis: null },
    marks: [
      Plot.frame({ insetTop: TITLE, insetBottom: GAP, className: "frame" }),
      Plot.axisX(
        axis.ticks.map(({ at }) => at),
        { className: "tick", tickSize: 3, tickPadding: 3, label: null, tickFormat: textAt(axis.ticks) },
      ),
      Plot.axisY(
        scale.ticks.map(({ at }) => at),
        { className: "tick", tickSize: 0, tickPadding: 5, label: null, tickFormat: textAt(scale.ticks) },
      ),
      ...shades.map((className) =>
        Plot.rect(
          each((row) => row.shades).filter((shade) => shade.className === className),
          { x1: "x1", x2: "x2", y1: 0, y2: scale.height, fy: "row", className },
        ),
      ),
      ...classes.map((className) =>
        Plot.line(
          rows.flatMap(({ lines }, row) =>
            lines.flatMap((line, i) =>
              line.className === className ? line.dots.map((dot) => ({ ...place(dot), row, line: i })) : [],
            ),
          ),
          { x: "x", y: "y", z: "line", fy: "row", className },
        ),
      ),
      Plot.rect(
        each((row) => row.bars),
        {
          ...{ x1: "x1", x2: "x2", fy: "row", className: "bar" },
          y1: ({ edge }) => bar(edge)[0],
          y2: ({ edge }) => bar(edge)[1],
        },
      ),
      ...(["start", "middle", "end"] as const).map((textAnchor) =>
        Plot.text(
          each((row) => row.texts).filter(({ anchor }) => anchor === textAnchor),
          { x: "x", y: "y", text: "text", fy: "row", textAnchor, className: "label" },
        ),
      ),
      Plot.text(
        rows.map(({ title }, row) => ({ title, row })),
        { text: "title", fy: "row", frameAnchor: "top-left", dy: 4, className: "name" },
      ),
    ],
  });
  return compact(svg.innerHTML, LEFT + axis.width + RIGHT, rows.length * rowHeight + AXIS, description);
}

function place(dot: Dot): { x: number; y: number } {
  return dot === null ? { x: Number.NaN, y: Number.NaN } : { x: dot[0], y: dot[1] };
}

function textAt(ticks: Axis["ticks"]): (at: number) => string {
  return (at) => ticks.find((tick) => tick.at === at)?.text ?? "";
}

/** Without what the style sheet of the page says, and with numbers to a tenth of a pixel; text stays as it is. */
function compact(svg: string, width: number, height: number, description: string): Markup {
  const body = svg.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, (tag) =>
    tag
      .replace(/ (aria-\w+|stroke(-\w+)*|fill|font-\w+|paint-order)="[^"]*"/g, "")
      .replace(/ transform="translate\(0,0\)"/g, "")
      .replace(/\d+\.\d{2,}/g, (n) => String(Math.round(Number(n) * 10) / 10)),
  );
  const open = html`<svg class="plot" role="img" aria-label="${description}" viewBox="0 0 ${width} ${height}">`;
  return new Markup(`${textOf(open)}${body}</svg>`);
}
