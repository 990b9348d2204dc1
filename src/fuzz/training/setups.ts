import type { Subject } from "../../audit/subject.js";
import { Random } from "../../inputs/random.js";
import type { TrainingContext } from "./context.js";
import { optimizerNames } from "./optimizers.js";
import type { Setup } from "./run.js";
import { startsOf } from "./starts.js";
import { startOf } from "./through-model.js";

/**
 * A logit w·h of a last layer moves by the learning rate times |h|^2 for a gradient of 1: with 64 to 256 features of
 * order 1, rates of 0.01 to 1 on weights are 1 to 100 on logits; smaller ones get nowhere in a hundred steps.
 * Parameters of a model are given such rates themselves.
 */
const RATES = { logits: [1, 10, 100], parameters: [0.01, 0.1, 1] };

/** Runs of an implementation of which each step of each run is a call of its own. */
const ALONE = 100;

/**
 * The runs that are made of an implementation: every start with every optimizer at every learning rate, or a hundred
 * of them, drawn, where a step of each is a call of its own.
 */
export function setups(subject: Pick<Subject, "batched">, context: TrainingContext): Setup[] {
  const { through, seed } = context;
  const starts = through ? [startOf(through.model)] : startsOf(context);
  const rates = through ? RATES.parameters : RATES.logits;
  const all = starts.flatMap((start) =>
    optimizerNames.flatMap((optimizer) => rates.map((learningRate) => ({ start, optimizer, learningRate }))),
  );
  return subject.batched ? all : drawn(all, ALONE, new Random(seed, 2));
}

/** So many of them, each as likely, in their order; all where there are no more. */
function drawn<T>(all: readonly T[], count: number, random: Random): T[] {
  let wanted = Math.min(count, all.length);
  return all.filter((_, i) => {
    const isDrawn = random.integer(1, all.length - i) <= wanted;
    if (isDrawn) wanted--;
    return isDrawn;
  });
}
