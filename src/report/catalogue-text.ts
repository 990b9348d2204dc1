import type { Terminal } from "../cli/colour.js";
import type { Loss } from "../losses/loss.js";
import { wrap } from "./text.js";

function lossText(loss: Loss, { columns, colour }: Terminal): string {
  const field = (name: string, text: string) => wrap(text, columns, `  ${name.padEnd(9)}`, " ".repeat(11));
  const indent = Math.max(...loss.implementations.map(({ name }) => name.length)) + 4;
  return [
    colour.bold(loss.name),
    wrap(loss.summary, columns, "  "),
    field("formula", loss.formula),
    field("source", loss.source),
    "",
    ...loss.implementations.flatMap(({ name, formula, source }) => [
      wrap(formula, columns, `  ${name.padEnd(indent - 2)}`, " ".repeat(indent)).replace(name, (word) =>
        colour.cyan(word),
      ),
      colour.dim(wrap(source, columns, " ".repeat(indent))),
    ]),
    "",
  ].join("\n");
}

/** The catalogue for people: x stands for logits, z for labels. */
export function catalogueText(catalogue: readonly Loss[], terminal: Terminal): string {
  const legend =
    "x: logits; z: labels. Sweep a loss with audit sweep LOSS, one implementation with LOSS#IMPLEMENTATION.";
  return `${catalogue.map((loss) => `${lossText(loss, terminal)}\n`).join("")}${wrap(legend, terminal.columns)}\n`;
}
