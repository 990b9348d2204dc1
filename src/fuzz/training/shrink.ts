import type { Subject } from "../../audit/subject.js";
import { roundings } from "../../inputs/roundings.js";
import type { Case } from "../case.js";
import type { TrainingContext } from "./context.js";
import { type Example, pathOf, tryRun } from "./example.js";
import { optimizerNames } from "./optimizers.js";
import type { Setup } from "./run.js";
import { withoutSlices } from "./simpler-cases.js";

/** Learning rates that a person would type. */
const ROUND_RATES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
/** Numbers that are rounded one by one; more of them would take too long. */
const ROUNDED = 32;
/** Each pass may open the way for another; more than these have not been seen to help. */
const PASSES = 3;

/**
 * The smallest example of the same defect: fewest steps, fewest numbers, certain labels, the simplest optimizer, the
 * smallest round learning rate and the roundest numbers to start from, in this order of importance. A state on the way
 * is itself a start, with an optimizer that remembers nothing. Only what `isSame` accepts is gone on with.
 */
export async function shrink(
  example: Example,
  subject: Subject,
  context: TrainingContext,
  isSame: (smaller: Example) => Promise<boolean>,
): Promise<Example> {
  let best = example;
  const { outcome, quantity } = example.failure;
  const attempt = async (change: Partial<Setup>, steps = best.failure.steps) => {
    const setup = { ...best.setup, ...change };
    const smaller = await tryRun(setup, steps, outcome === "stuck", subject, context);
    if (smaller?.failure.outcome !== outcome || smaller.failure.quantity !== quantity) return false;
    if ((best.isGood && !smaller.isGood) || !(await isSame(smaller))) return false;
    best = smaller;
    return true;
  };
  const attemptStart = (start: Case) => attempt({ start });
  const startWith = (logits: Float32Array): Case => ({ ...best.setup.start, logits });

  const laterStart = async () => {
    const path = await pathOf(best, subject, context);
    for (let at = path.length - 1; at > 0; at--) {
      if (await attempt({ start: startWith(path[at]) }, path.length - 1 - at)) return;
    }
  };
  const fewerNumbers = async () => {
    for (const start of withoutSlices(best.setup.start, context.loss.point)) {
      if (await attemptStart(start)) return fewerNumbers();
    }
  };
  const certainLabels = async () => {
    // Those of a row are a distribution, which one label alone would break.
    if (context.loss.point === "row") return;
    const labelled = (i: number, z: number) =>
      attemptStart({ ...best.setup.start, labels: best.setup.start.labels.with(i, z) });
    for (const [i, z] of best.setup.start.labels.entries()) {
      if (z > 0 && z < 1 && !(await labelled(i, 0))) await labelled(i, 1);
    }
  };
  const simplerOptimizer = async () => {
    const own = optimizerNames.indexOf(best.setup.optimizer);
    for (const optimizer of optimizerNames.slice(0, own)) if (await attempt({ optimizer })) return;
  };
  const smallerRate = async () => {
    const { learningRate } = best.setup;
    // Standing still has nothing to do with the rate: 1 is the roundest.
    const smaller = outcome === "stuck" ? [1] : ROUND_RATES.filter((rate) => rate < learningRate);
    for (const rate of smaller) if (rate !== learningRate && (await attempt({ learningRate: rate }))) return;
  };
  const rounderNumbers = async () => {
    const { length } = best.setup.start.logits;
    for (let i = 0; i < Math.min(length, ROUNDED); i++) {
      for (const rounder of roundings(best.setup.start.logits[i])) {
        if (await attemptStart(startWith(best.setup.start.logits.with(i, rounder)))) break;
      }
    }
  };

  for (let pass = 0; pass < PASSES; pass++) {
    const before = best;
    await laterStart();
    if (!context.through) await fewerNumbers();
    if (!context.through) await certainLabels();
    await simplerOptimizer();
    await smallerRate();
    await rounderNumbers();
    if (best === before) break;
  }
  return best;
}
