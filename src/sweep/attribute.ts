import { type Attribution, attribute as attributeNumber } from "../judge/attribution.js";
import type { Tolerance } from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import type { SweepOptions } from "./options.js";
import type { OwnRuns } from "./own-runs.js";

/** What a failing point shows once the implementation itself is run exactly, as severe as the options say. */
export function attribute(
  code: number,
  quantity: Quantity,
  component: number,
  loss: ExactPoint,
  own: OwnRuns,
  options: Tolerance & Pick<SweepOptions, "severities">,
): Attribution {
  const found = attributeNumber(
    code,
    quantity,
    quantity === "value" ? loss.value : loss.gradient[component],
    {
      results: own.results(quantity, component),
      derivative: () => (quantity === "gradient" ? own.derivative(component) : undefined),
    },
    options,
  );
  return { ...found, severity: options.severities?.[found.kind] ?? found.severity };
}
