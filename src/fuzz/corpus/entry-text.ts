import { fromBits } from "../../inputs/float32.js";
import type { Float } from "../../judge/finding.js";
import { toJsonNumber } from "../../report/json.js";
import type { TrainingRun } from "../report.js";
import type { CorpusEntry } from "./entry.js";
import { exampleFloat } from "./example.js";

/**
 * An entry as its file holds it: JSON with one key, one number or one short list
 * a line, in an order that is always the same, so that git shows and merges what
 * has changed. Decimals are written from the bits.
 */
export function entryText(entry: CorpusEntry): string {
  const { schema, version, id, loss, implementation, target, quantity, kind, severity, message } = entry;
  const { from, rtol, atol, parameters, kernel, against, training, index, example } = entry;
  const ordered = {
    ...{ schema, version, id, loss, implementation, target, quantity, kind, severity, message },
    ...{ from, rtol, atol, with: entry.with },
    parameters: parameters && Object.fromEntries(Object.entries(parameters).sort(byKey)),
    ...{ kernel, against, training: training && trainingOf(training), index },
    example: {
      shape: example.shape,
      logits: floats(example.logits),
      labels: floats(example.labels),
    },
  };
  return `${block(ordered, "")}\n`;
}

function trainingOf({ optimizer, learningRate, steps, outcome, model, start, survivors }: TrainingRun) {
  return { optimizer, learningRate, steps, outcome, model, start: floats(start), survivors };
}

function floats(numbers: readonly Float[]): Float[] {
  return numbers.map(({ bits }) => exampleFloat(fromBits(bits)));
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

/** A value over as many lines as it needs, all but the first indented. */
function block(value: object, indent: string): string {
  const inner = `${indent}  `;
  const item = (x: unknown) => (isLine(x) ? line(x) : block(x as object, inner));
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const items = Array.isArray(value)
    ? value.map(item)
    : Object.entries(value)
        .filter(([, x]) => x !== undefined)
        .map(([key, x]) => `${JSON.stringify(key)}: ${item(x)}`);
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((text) => inner + text).join(",\n")}\n${indent}${close}`;
}

/** Whether a value stands in one line: a number, a text, a list of them, a float with its bits. */
function isLine(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((x) => typeof x !== "object");
  return typeof value !== "object" || value === null || "bits" in value;
}

function line(value: unknown): string {
  if (typeof value === "number") return JSON.stringify(toJsonNumber(value));
  if (Array.isArray(value)) return `[${value.map(line).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, x]) => `${JSON.stringify(key)}: ${line(x)}`)
    .join(", ")}}`;
}
