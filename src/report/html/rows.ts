import type { Finding, Quantity } from "../../judge/finding.js";
import type { Curve, CurveLine } from "../report.js";
import { type Shade, shadesOf } from "./regions.js";
import { bitsScale, type Scale } from "./scale.js";

/** What is drawn of one quantity on targets on which it looks the same. */
export interface Line {
  targets: string[];
  /** At the logits of the curve; null where it was not computed. */
  computed: (number | null)[];
  /** Null where the exact number is not known, too. */
  bits: (number | null)[];
}

export interface Panel {
  lines: Line[];
  shades: Shade[];
}

/** Implementations that look the same for one label. */
export interface Row {
  implementations: string[];
  value: Panel;
  gradient: Panel;
}

/** Lines that are nowhere further apart than so many pixels, or bits, look the same. */
const PIXELS = 1;
const BITS = 1.5;

/** The rows of the plots of a curve, in the order of its lines. */
export function rowsOf(
  curve: Curve,
  findings: readonly Finding[],
  scales: Readonly<Record<Quantity, Scale>>,
): Row[] {
  const rows: Row[] = [];
  for (const name of new Set(curve.value.map(({ implementation }) => implementation))) {
    const panel = (quantity: Quantity): Panel => ({
      lines: linesOf(
        curve[quantity].filter(({ implementation }) => implementation === name),
        scales[quantity],
      ),
      shades: shadesOf(findings, name, curve.label, quantity),
    });
    const row = { implementations: [name], value: panel("value"), gradient: panel("gradient") };
    const same = rows.find(
      (other) =>
        isAlike(other.value, row.value, scales.value) &&
        isAlike(other.gradient, row.gradient, scales.gradient),
    );
    if (same) same.implementations.push(name);
    else rows.push(row);
  }
  return rows;
}

function linesOf(lines: readonly CurveLine[], scale: Scale): Line[] {
  const drawn: Line[] = [];
  for (const { target, computed, errorBits } of lines) {
    const numbers = (all: CurveLine["computed"]) => all.map((x) => (x === null ? null : Number(x)));
    const line = { targets: [target], computed: numbers(computed), bits: numbers(errorBits) };
    const same = drawn.find((other) => looksLike(other, line, scale));
    if (same) same.targets.push(target);
    else drawn.push(line);
  }
  return drawn;
}

function isAlike(a: Panel, b: Panel, scale: Scale): boolean {
  return (
    JSON.stringify(a.shades) === JSON.stringify(b.shades) &&
    a.lines.length === b.lines.length &&
    a.lines.every(
      (line, i) => line.targets.join() === b.lines[i].targets.join() && looksLike(line, b.lines[i], scale),
    )
  );
}

const bits = bitsScale(1);

function looksLike(a: Line, b: Line, scale: Scale): boolean {
  const places = (line: Line) => line.computed.map((y) => y !== null && placeOf(y, scale));
  return (
    isNear(places(a), places(b), PIXELS) &&
    isNear(
      a.bits.map((y) => y !== null && placeOf(y, bits)),
      b.bits.map((y) => y !== null && placeOf(y, bits)),
      bits.place(0) - bits.place(BITS),
    )
  );
}

/** What is not finite has a place of its own. */
function placeOf(y: number, scale: Scale): number | string {
  return Number.isFinite(y) ? scale.place(y) : String(y);
}

function isNear(a: (number | string | false)[], b: (number | string | false)[], tolerance: number): boolean {
  return a.every((one, i) => {
    const other = b[i];
    if (one === false || other === false || one === other) return true;
    return typeof one === "number" && typeof other === "number" && Math.abs(one - other) <= tolerance;
  });
}
