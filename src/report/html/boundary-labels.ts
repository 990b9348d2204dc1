import { ordinal } from "../../inputs/float32.js";
import { type Axis, exactText } from "./axis.js";
import type { DrawnText } from "./plot.js";
import type { Shade } from "./regions.js";

/** Of a character of a label, and between two labels, in pixels. */
const CHARACTER = 5.9;
const BLANK = 4;
/** The first line of labels stands so far below the upper edge, and the others below it. */
const FIRST = 9;
const LINE = 11;

interface Box {
  left: number;
  right: number;
  line: number;
}

/**
 * The decimals of the ends of regions, each beside its end, outside of the region where there is room, and what
 * happens in the regions that are wide enough to say it. The ends of the axis are no ends of regions, and where one region ends and the next begins there is one label. Labels for which
 * there is no room on any of `lines` lines are left out: the findings have all of them.
 */
export function boundaryLabels(
  shades: readonly Shade[],
  axis: Axis,
  [low, high]: readonly [number, number],
  lines: number,
): DrawnText[] {
  const texts: DrawnText[] = [];
  const taken: Box[] = [];
  const put = (x: number, text: string, anchor: DrawnText["anchor"]): boolean => {
    const width = text.length * CHARACTER;
    const left = anchor === "end" ? x - BLANK - width : anchor === "start" ? x + BLANK : x - width / 2;
    if (left < 0 || left + width > axis.width) return false;
    for (let line = 0; line < lines; line++) {
      const box = { left, right: left + width, line };
      if (taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      const at = anchor === "end" ? x - BLANK : anchor === "start" ? x + BLANK : x;
      texts.push({ x: at, y: FIRST + line * LINE, text, anchor });
      return true;
    }
    return false;
  };
  const ends = new Map<string, { x: number; anchors: DrawnText["anchor"][] }>();
  const starts = new Set(shades.map(({ from }) => ordinal(from)));
  for (const { from, to } of shades) {
    if (from > low) ends.set(exactText(from), { x: axis.place(from), anchors: ["end", "start"] });
    const goesOn = starts.has(ordinal(to) + 1) || starts.has(ordinal(to));
    if (to < high && !goesOn) ends.set(exactText(to), { x: axis.place(to), anchors: ["start", "end"] });
  }
  for (const [text, { x, anchors }] of ends) anchors.some((anchor) => put(x, text, anchor));
  for (const { from, to, word } of shades) {
    const [x1, x2] = [axis.place(from), axis.place(to)];
    if (x2 - x1 > word.length * CHARACTER + 2 * BLANK) put((x1 + x2) / 2, word, "middle");
  }
  return texts;
}

function overlap(a: Box, b: Box): boolean {
  return a.line === b.line && a.left < b.right + BLANK && b.left < a.right + BLANK;
}
