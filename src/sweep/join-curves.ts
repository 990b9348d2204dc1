import type { JsonNumber } from "../judge/finding.js";
import type { Curve, CurveLine } from "../report/report.js";

/**
 * One curve for each label, of the curves of several implementations and targets in their order: through all logits
 * of any of them, with gaps in the lines that are not computed there. The exact numbers are the same in all.
 */
export function joinCurves(curves: readonly Curve[]): Curve[] {
  const labels = [...new Set(curves.map(({ label }) => label))];
  return labels.map((label) => joined(curves.filter((curve) => curve.label === label)));
}

function joined(curves: readonly Curve[]): Curve {
  const [first] = curves;
  const exact = new Map<JsonNumber, { value: JsonNumber; gradient: JsonNumber }>();
  for (const curve of curves) {
    curve.x.forEach((x, i) => {
      exact.set(x, { value: curve.exact.value[i], gradient: curve.exact.gradient[i] });
    });
  }
  const x = [...exact.keys()].sort((a, b) => Number(a) - Number(b));
  const place = new Map(x.map((logit, i) => [logit, i]));
  const lines = (quantity: "value" | "gradient") =>
    curves.flatMap((curve) => {
      const at = curve.x.map((logit) => place.get(logit) as number);
      return curve[quantity].map((line) => spreadOut(line, at, x.length));
    });
  const numbers = (quantity: "value" | "gradient") => x.map((logit) => exact.get(logit)![quantity]);
  return {
    label: first.label,
    x,
    exact: { value: numbers("value"), gradient: numbers("gradient") },
    value: lines("value"),
    gradient: lines("gradient"),
  };
}

/** The numbers of a line at their places among `length` logits. */
function spreadOut(line: CurveLine, at: readonly number[], length: number): CurveLine {
  const placed = (numbers: CurveLine["computed"]) => {
    const all = new Array<JsonNumber | null>(length).fill(null);
    at.forEach((i, k) => {
      all[i] = numbers[k];
    });
    return all;
  };
  return { ...line, computed: placed(line.computed), errorBits: placed(line.errorBits) };
}
