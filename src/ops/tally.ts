import { toFloat } from "../inputs/float32.js";
import { jsonNumber } from "../judge/number.js";
import type { OpInputs } from "./inputs.js";
import type { Op } from "./op.js";
import type { WorstPoint } from "./report.js";
import { isWorse } from "./ulps.js";

interface Worst {
  ulps: number;
  i: number;
  component: number;
  computed: number;
  exact: number;
}

/** The errors of an op's value, or of its gradient, point by point. */
export class Tally {
  readonly #op: Op;
  readonly #inputs: OpInputs;
  readonly #errors: number[] = [];
  #worst: Worst | undefined;

  constructor(op: Op, inputs: OpInputs) {
    this.#op = op;
    this.#inputs = inputs;
  }

  /** Of points that are off as much, as by NaN, the one nearest to 0 is kept: there it begins. */
  add(worst: Worst): void {
    this.#errors.push(worst.ulps);
    const { at } = this.#inputs;
    const before = this.#worst;
    const isMore = before === undefined || isWorse(worst.ulps, before.ulps);
    if (isMore || (Object.is(worst.ulps, before.ulps) && Math.abs(at[worst.i]) < Math.abs(at[before.i])))
      this.#worst = worst;
  }

  get points(): number {
    return this.#errors.length;
  }

  /** Where there is a NaN among the errors, it counts as the largest. */
  median(): number | undefined {
    const sorted = Float64Array.from(this.#errors).sort();
    return sorted.length === 0 ? undefined : sorted[(sorted.length - 1) >> 1];
  }

  worst(quantity: "value" | "gradient"): WorstPoint | null {
    if (this.#worst === undefined) return null;
    const { ulps, i, component, computed, exact } = this.#worst;
    return {
      ulps: jsonNumber(ulps),
      ...pointOf(this.#op, this.#inputs, i),
      ...(quantity === "gradient" && this.#op.row && { component }),
      computed: toFloat(computed),
      exact: toFloat(exact),
    };
  }
}

/** Where a point is, as reports say it. */
export function pointOf(
  op: Op,
  { at, x, c, size }: OpInputs,
  i: number,
): Pick<WorstPoint, "input" | "constant" | "row"> {
  return {
    input: toFloat(at[i]),
    ...(op.constants && { constant: toFloat(c[i * size]) }),
    ...(op.row && { row: Array.from(x.subarray(i * size, (i + 1) * size), toFloat) }),
  };
}
