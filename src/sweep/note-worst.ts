import type { Subject } from "../audit/subject.js";
import type { TargetFunction } from "../evaluate/target-function.js";
import { exactNear } from "../judge/number.js";
import { worstOf } from "./judge-number.js";
import { noWorst, type PointJudge, type Worst } from "./point-judge.js";
import type { Tally } from "./tally.js";

/** Adds the worst point of each quantity to the tally, with its exact error. */
export async function noteWorst(
  tally: Tally,
  search: PointJudge,
  { subject, f, worst }: { subject: Subject; f: TargetFunction; worst: Worst },
): Promise<void> {
  for (const quantity of ["value", "gradient"] as const) {
    const { point } = worst[quantity];
    if (!point) continue;
    search.load(point.logits, point.labels);
    await search.judge(f, noWorst(), () => {});
    const { computed, exact, component } = search.detail(0, quantity);
    const number = exactNear(computed, exact, quantity, component);
    tally.worst(subject.name, quantity, worstOf(computed, number, point.logits[0], point.labels[0]));
  }
}
