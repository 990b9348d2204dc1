import type { Enclosure } from "../arithmetic/enclosure.js";
import { toFloat } from "../inputs/float32.js";
import { classifyEnclosure, classifyLimit, relativeError, type Tolerance } from "../judge/classify.js";
import type { Finding, Kind, Quantity } from "../judge/finding.js";
import { exactNear, jsonNumber, ulpsBetween } from "../judge/number.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import type { Worst } from "../report/report.js";

/** The verdict on a computed number. Of a set, as at a kink or limit, every number is right. */
export function verdictOn(
  computed: number,
  exact: Enclosure,
  quantity: Quantity,
  isSet: boolean,
  tolerance: Tolerance,
): number {
  return (isSet ? classifyLimit : classifyEnclosure)(computed, exact, quantity, tolerance);
}

/** How far a computed number is from the exact one, as the table of a loss shows the worst of them. */
export function worstOf(computed: number, exact: number, input: number, label: number): Worst {
  return {
    relative: jsonNumber(relativeError(computed, exact)),
    ulps: jsonNumber(ulpsBetween(computed, exact)),
    input: toFloat(input),
    label,
  };
}

/** The exact number that a computed one is held against; undefined where it is not resolved. */
export function heldAgainst(
  computed: number,
  exact: ExactPoint,
  quantity: Quantity,
  component: number,
): number | undefined {
  const { defined } = quantity === "value" ? exact.value : exact.gradient[component];
  return defined === "unknown" ? undefined : exactNear(computed, exact, quantity, component);
}

/** The numbers of a finding's worst point. */
export function numbersOf(
  kind: Kind,
  computed: number,
  exact = Number.NaN,
): Pick<Finding["worst"], "computed" | "exact" | "ulps"> {
  return {
    computed: kind === "throws" ? null : toFloat(computed),
    exact: toFloat(exact),
    ulps: jsonNumber(ulpsBetween(computed, exact)),
  };
}
