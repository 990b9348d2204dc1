import type { Subject } from "../../audit/subject.js";
import type { TrainingContext, TrainingFinding } from "./context.js";
import { type Example, exampleOf } from "./example.js";
import { explainAt } from "./explain-run.js";
import { findingOf } from "./finding-of.js";
import { optimizerNames } from "./optimizers.js";
import { Run, type Setup } from "./run.js";
import { setups } from "./setups.js";
import { shrink } from "./shrink.js";
import { firstSurvivor, survives } from "./survivors.js";
import { takeRuns } from "./take-runs.js";

/** Examples of one sort that are looked at for one that others survive. */
const LOOKED_AT = 4;

/**
 * Trains with every implementation of a loss from many starts, with every optimizer at a few learning rates, and gives
 * the runs that the loss is to blame for: those that reach NaN or Infinity where the exact loss is finite, and those
 * that stand still with a wrong answer because the computed gradient is 0. One for each implementation, outcome and
 * first kernel that goes wrong, shrunk. Starts at which the loss is NaN already are left to other searches, unless
 * they are a model's. The same for the same seed.
 */
export async function* trainingFindings(context: TrainingContext): AsyncGenerator<TrainingFinding> {
  for (const subject of context.loss.subjects) {
    const runs = setups(subject, context).map((setup) => new Run(setup));
    await takeRuns(runs, subject, context);
    yield* defects(runs, subject, context);
  }
}

async function* defects(
  runs: readonly Run[],
  subject: Subject,
  context: TrainingContext,
): AsyncGenerator<TrainingFinding> {
  const seen = new Set<string>();
  for (const group of await bySort(runs, subject, context)) {
    if (!(await context.goesOn())) return;
    const { example, survivor } = await mostTelling(group, subject, context);
    const kernel = await firstKernel(example, subject, context);
    if (seen.has(kernel)) continue;
    seen.add(kernel);
    const smallest = await shrink(example, subject, context, async (smaller) => {
      if (survivor && !(await survives(smaller.setup, survivor, context))) return false;
      return (await firstKernel(smaller, subject, context)) === kernel;
    });
    yield await findingOf(smallest, subject, context);
  }
}

/** Runs that go wrong alike, as far as a look at their end tells; the simplest first. */
async function bySort(
  runs: readonly Run[],
  subject: Subject,
  context: TrainingContext,
): Promise<Example[][]> {
  const groups = new Map<string, Example[]>();
  for (const run of runs) {
    if (!(await context.goesOn())) break;
    context.onStep(subject.name, 0);
    const example = exampleOf(run, context);
    if (!example) continue;
    const { failure, last } = example;
    if (failure.outcome !== "stuck" && failure.steps === 0 && !context.through) continue;
    const { [failure.at]: x } = last.logits;
    const { [failure.at]: z } = last.labels;
    const sort = [failure.outcome, failure.quantity, Math.sign(x), z <= 0 ? 0 : z >= 1 ? 1 : 0.5].join();
    groups.set(sort, [...(groups.get(sort) ?? []), example]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => effort(a) - effort(b)));
}

/** Starts that are good come first; then the fewest steps count, the smallest rate, and the simplest optimizer. */
function effort({ isGood, failure, setup }: Example): number {
  const rank = Math.log10(setup.learningRate) + 4 + optimizerNames.indexOf(setup.optimizer) / 10;
  return (isGood || failure.outcome === "stuck" ? 0 : 1e6) + failure.steps * 10 + rank;
}

async function mostTelling(group: readonly Example[], subject: Subject, context: TrainingContext) {
  for (const example of group.slice(0, LOOKED_AT)) {
    const survivor = await firstSurvivor(example.setup, subject, context);
    if (survivor) return { example, survivor };
  }
  return { example: group[0], survivor: undefined };
}

/** Of a run that is stuck the line alone: which of its kernels is flat shows best in the smallest example. */
async function firstKernel({ failure, last }: Example, subject: Subject, context: TrainingContext) {
  const { outcome, at, quantity } = failure;
  const { kernel, line } = await explainAt(last, at, quantity, subject, context);
  return [outcome, outcome === "stuck" ? "" : kernel, line?.file, line?.line].join();
}

/** The finding of one run, as it is; undefined where it does not end badly. */
export async function trainOnce(
  setup: Setup,
  subject: Subject,
  context: TrainingContext,
): Promise<TrainingFinding | undefined> {
  const run = new Run(setup);
  await takeRuns([run], subject, context);
  const example = exampleOf(run, context);
  return example && findingOf(example, subject, context);
}
