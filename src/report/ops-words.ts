import type { Float } from "../judge/finding.js";
import type { OpResult, SpecialPoint, WorstPoint } from "../ops/report.js";
import { decimal } from "./text.js";

/** A number without the zeros of a large or small one: 3.689349e+19. */
export function short(text: string): string {
  const size = Math.abs(Number(text));
  return (size > 0 && size < 1e-4) || (size >= 1e9 && size < Infinity) ? Number(text).toExponential() : text;
}

const number = (x: Float): string => short(decimal(x));

/** An op in the table: by name where the form is x and numbers, or a row that is explained below. */
export function label({ op, form }: Pick<OpResult, "op" | "form">): string {
  return /^\w+\([xc], [xc]\)$/.test(form) ? form : op;
}

/** An op with numbers: `pow(0, -1)`, `softmax([Infinity, 0])[0]`. */
export function call(
  { form }: Pick<OpResult, "form">,
  { input, constant, row }: Pick<WorstPoint | SpecialPoint, "input" | "constant" | "row">,
): string {
  const numbers = row ? form.replace(/\[x.*?\]/, `[${row.map(number).join(", ")}]`) : form;
  const filled = numbers.replace(/\bx\b/, number(input));
  return constant ? filled.replace(/\bc\b/, number(constant)) : filled;
}

/** `x = 2.5, c = -3`. */
export function where({ input, constant }: Pick<WorstPoint, "input" | "constant">): string {
  return `x = ${number(input)}${constant ? `, c = ${number(constant)}` : ""}`;
}

/** Those that are the same but for the target, with all of their targets, in the order of the first ones. */
export function byTargets<T extends { target: string }>(
  items: readonly T[],
  key: (item: T) => unknown[],
): { item: T; targets: string[] }[] {
  const found = new Map<string, { item: T; targets: string[] }>();
  for (const item of items) {
    const name = JSON.stringify(key(item));
    const known = found.get(name);
    if (known) known.targets.push(item.target);
    else found.set(name, { item, targets: [item.target] });
  }
  return [...found.values()];
}
