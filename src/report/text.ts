import { formatFloat32 } from "../inputs/float32.js";
import { visible } from "../inputs/visible.js";
import type { Float, JsonNumber } from "../judge/finding.js";
import { fromJsonNumber } from "./json.js";
import type { AuditReport } from "./report.js";

/**
 * Words in lines of at most `columns`, the first after `first`, the others after `rest`. A longer word stands alone.
 * The words may be a user's: they are made visible, so that a terminal obeys none of them.
 */
export function wrap(text: string, columns: number, first = "", rest = first): string {
  const lines: string[] = [];
  for (const paragraph of text.split("\n").map(visible)) {
    let line = lines.length === 0 ? first : rest;
    let empty = true;
    for (const word of paragraph.split(" ")) {
      if (!empty && line.length + 1 + word.length > columns) {
        lines.push(line);
        line = rest;
        empty = true;
      }
      line += empty ? word : ` ${word}`;
      empty = false;
    }
    lines.push(line);
  }
  return lines.join("\n");
}

/** `text` in at most `columns` characters; a longer one loses its middle. */
export function truncate(text: string, columns: number): string {
  if (text.length <= columns) return text;
  const tail = Math.floor((columns - 1) / 2);
  return `${text.slice(0, columns - 1 - tail)}…${text.slice(text.length - tail)}`;
}

/** A loss and its implementations: "softplus naive, stable"; a function that is a loss by itself is named once. */
export function subjectText(loss: string, implementations: readonly string[]): string {
  const names = implementations.join(", ");
  return names === loss ? loss : `${loss} ${names}`.trimEnd();
}

/** Whether a replay is for a shell; of functions it is a call of a program. */
export function isCommand(replay: string): boolean {
  return replay.startsWith("audit ");
}

/** 1,234 points; 1 point. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
}

/** `1 loss`, `2 losses`. */
export function lossCount(n: number): string {
  return n === 1 ? "1 loss" : `${n} losses`;
}

/** `1 loss`, `4 implementations` and `286,720 points`, to be put together with other numbers. */
export function auditedCounts({ losses, implementations, points }: AuditReport["audited"]): string[] {
  return [lossCount(losses), count(implementations, "implementation"), count(points, "point")];
}

/** `a, b and c`. */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(items);
}

/** A part of a text for people, with a blank line after it; nothing where there is nothing. */
export function section(text: string): string {
  return text === "" ? "" : `${text.trimEnd()}\n\n`;
}

/** A measure of error in two digits: 0, 0.5, 412, 1.2e7, 3.1e-5. */
export function twoDigits(x: JsonNumber): string {
  const value = fromJsonNumber(x);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value < 0 ? "-inf" : "inf";
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size >= 9.95 && size < 9999.5) return String(Math.round(value));
  if (size >= 0.00995 && size < 9.95) return String(Number(value.toPrecision(2)));
  return value.toExponential(1).replace(".0e", "e").replace("e+", "e");
}

/** A float32 as its shortest decimal: 17.328682. */
export function decimal(x: Float): string {
  return formatFloat32(fromJsonNumber(x.value));
}

/** A float32 in decimal and bits: 17.328682 (0x418aa123). */
export function decimalAndBits(x: Float): string {
  return `${decimal(x)} (${x.bits})`;
}

/** An exact value, which need not be a float32, in nine digits. */
export function nineDigits(x: JsonNumber): string {
  const value = fromJsonNumber(x);
  return Number.isFinite(value) && !Object.is(value, -0) ? String(Number(value.toPrecision(9))) : String(x);
}
