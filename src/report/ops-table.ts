import type { ChalkInstance } from "chalk";
import type { Terminal } from "../cli/colour.js";
import type { Quantity } from "../judge/finding.js";
import type { OpResult } from "../ops/report.js";
import { fromJsonNumber } from "./json.js";
import { label } from "./ops-words.js";
import { twoDigits } from "./text.js";

const VALUE = 6;
const GRADIENT = 8;
/** Of one target: a gap, the worst of the value, a blank, the worst of the gradient. */
const TARGET = 3 + VALUE + 1 + GRADIENT;

/** A row for each op, two columns for each target; as many tables as the targets need. */
export function opsTables(
  ops: readonly OpResult[],
  targets: readonly string[],
  terminal: Terminal,
): string[] {
  const forms = [...new Map(ops.map((result) => [result.form, label(result)]))];
  const first = Math.max(2, ...forms.map(([, name]) => name.length));
  const fitting = Math.max(1, Math.floor((terminal.columns - first) / TARGET));
  const results = new Map(ops.map((one) => [key(one.form, one.quantity, one.target), one]));
  const tables: string[] = [];
  for (let from = 0; from < targets.length; from += fitting) {
    const some = targets.slice(from, from + fitting);
    const { colour } = terminal;
    const head = some.map((name) => name.padStart(TARGET)).join("");
    const under = some.map(() => "value".padStart(3 + VALUE) + "gradient".padStart(1 + GRADIENT)).join("");
    const rows = forms.map(([form, name]) => {
      const cells = some.map((target) => {
        const cell = (quantity: Quantity, width: number) =>
          worstText(results.get(key(form, quantity, target)), width, colour);
        return cell("value", 3 + VALUE) + cell("gradient", 1 + GRADIENT);
      });
      return name.padEnd(first) + cells.join("");
    });
    tables.push(
      [
        "".padEnd(first) + colour.bold(head),
        "op".padEnd(first) + under,
        colour.dim("─".repeat(first + TARGET * some.length)),
        ...rows,
        "",
      ].join("\n"),
    );
  }
  return tables;
}

function key(form: string, quantity: Quantity, target: string): string {
  return [form, quantity, target].join(" ");
}

/** A few ulps are what a good libm has; thousands are digits that are not there. */
const FEW = 4;
const MANY = 1000;

function worstText(result: OpResult | undefined, width: number, colour: ChalkInstance): string {
  if (result?.throws !== undefined) return colour.red("throws".padStart(width));
  if (!result?.worst) return "–".padStart(width);
  const ulps = fromJsonNumber(result.worst.ulps);
  const text = twoDigits(result.worst.ulps).padStart(width);
  if (ulps <= FEW) return text;
  return ulps <= MANY ? colour.yellow(text) : colour.red(text);
}
