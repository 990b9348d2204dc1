import { InputError } from "../inputs/input-error.js";
import { type LogitSource, logitSources } from "../inputs/logit-distributions.js";

/** A number, or the fewest and the most. */
export type Range = number | readonly [fewest: number, most: number];

/** The number of elements of a shape; 1 for []. */
export function sizeOf(shape: readonly number[]): number {
  if (!shape.every((n) => Number.isSafeInteger(n) && n >= 1)) {
    throw new InputError(`The shape [${shape.join(", ")}] can't be filled: give integers of at least 1.`);
  }
  return shape.reduce((product, n) => product * n, 1);
}

/** The fewest and the most of what heat maps have, which are integers from `least` on. */
export function fewestAndMost(name: string, range: Range, least: number): readonly [number, number] {
  const [fewest, most] = typeof range === "number" ? [range, range] : range;
  if (!Number.isSafeInteger(fewest) || !Number.isSafeInteger(most) || fewest < least || most < fewest) {
    const given = typeof range === "number" ? range : `${fewest} to ${most}`;
    throw new InputError(
      `Heat maps with ${name} ${given}: give an integer of at least ${least}, ` +
        "or two, the fewest and the most, such as [1, 8].",
    );
  }
  return [fewest, most];
}

export function checkSources(from: readonly LogitSource[]): void {
  const unknown = from.find((source) => !logitSources.includes(source));
  if (from.length > 0 && unknown === undefined) return;
  const given = unknown === undefined ? "from is empty" : `There is no source of logits "${unknown}"`;
  throw new InputError(`${given}: give some of ${logitSources.join(", ")}.`);
}
