import type { Subject } from "../audit/subject.js";
import type { TargetFunction } from "../evaluate/target-function.js";
import { toFloat } from "../inputs/float32.js";
import { relativeError } from "../judge/classify.js";
import { exactNear, jsonNumber, ulpsBetween } from "../judge/number.js";
import { noWorst, type PointJudge, type Worst } from "./point-judge.js";
import type { Tally } from "./tally.js";

/** Adds the worst point of each quantity to the tally, with its exact error. */
export function noteWorst(
  tally: Tally,
  search: PointJudge,
  { subject, f, worst }: { subject: Subject; f: TargetFunction; worst: Worst },
): void {
  for (const quantity of ["value", "gradient"] as const) {
    const { point } = worst[quantity];
    if (!point) continue;
    search.load(point.logits, point.labels);
    search.judge(f, noWorst(), () => {});
    const { computed, exact, component } = search.detail(0, quantity);
    const number = exactNear(computed, exact, quantity, component);
    tally.worst(subject.name, quantity, {
      relative: jsonNumber(relativeError(computed, number)),
      ulps: jsonNumber(ulpsBetween(computed, number)),
      input: toFloat(point.logits[0]),
      label: point.labels[0],
    });
  }
}
