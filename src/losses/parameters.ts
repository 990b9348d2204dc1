import type { Tensor } from "@tensorflow/tfjs";
import { LoadError } from "./load-error.js";
import type { LossFunction } from "./loss.js";

/** Where a parameter of a loss lies, and what it is unless another value is given. */
export interface ParameterRange {
  min: number;
  max: number;
  default: number;
}

export type ParameterRanges = Readonly<Record<string, ParameterRange>>;
export type ParameterValues = Readonly<Record<string, number>>;

const RULE = "parameters = { name: { min, max, default } } with finite numbers, min <= default <= max";

/**
 * The parameters that a loss function says it takes, in its property `parameters`:
 *
 *     export const focal = (logits, labels, { alpha = 2, beta = 4 } = {}) => …;
 *     focal.parameters = { alpha: { min: 0, max: 5, default: 2 }, beta: { min: 0, max: 6, default: 4 } };
 *
 * None for a function without it. Throws a LoadError for ranges that make no sense.
 */
export function parametersOf(f: LossFunction, name: string): ParameterRanges {
  const { parameters } = f as { parameters?: unknown };
  if (parameters === undefined) return {};
  if (typeof parameters !== "object" || parameters === null) {
    throw new LoadError(`${name}.parameters is ${String(parameters)}: give ${RULE}.`);
  }
  for (const [key, range] of Object.entries(parameters)) {
    const { min, max, default: usual } = (range ?? {}) as Partial<ParameterRange>;
    const isRange =
      [min, max, usual].every(Number.isFinite) &&
      Number(min) <= Number(usual) &&
      Number(usual) <= Number(max);
    if (!isRange) throw new LoadError(`${name}.parameters.${key} is ${JSON.stringify(range)}: give ${RULE}.`);
  }
  return parameters as ParameterRanges;
}

/** The function with these values for its parameters, as the third argument. */
export function withParameters(f: LossFunction, values: ParameterValues | undefined): LossFunction {
  if (values === undefined) return f;
  const takesValues = f as (logits: Tensor, labels: Tensor, values: ParameterValues) => Tensor;
  return (logits, labels) => takesValues(logits, labels, values);
}
