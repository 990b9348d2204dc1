import type { Subject } from "../../audit/subject.js";
import { type Case, copyOf } from "../case.js";
import type { TrainingContext } from "./context.js";
import { exactAt, type Failure, failureOf } from "./failure.js";
import { DONE, PATIENCE, Run, type Setup } from "./run.js";
import { takeRuns } from "./take-runs.js";

/** A run that goes wrong, and how. */
export interface Example {
  setup: Setup;
  failure: Failure;
  /** Where it goes wrong. */
  last: Case;
  /** It reaches NaN or Infinity from where value and gradient were right. */
  isGood: boolean;
}

/** Of an ended run; undefined where it is none. */
export function exampleOf(run: Run, context: TrainingContext): Example | undefined {
  const failure = failureOf(run, context);
  if (failure === undefined) return undefined;
  return { setup: run.setup, failure, last: copyOf(run.state), isGood: startsWell(run, failure, context) };
}

/** Makes one run of at most so many steps before it goes wrong. */
export async function tryRun(
  setup: Setup,
  steps: number,
  isStuck: boolean,
  subject: Subject,
  context: TrainingContext,
): Promise<Example | undefined> {
  const run = new Run(setup, isStuck ? steps + PATIENCE : steps);
  await takeRuns([run], subject, context);
  const example = exampleOf(run, context);
  return example && example.failure.steps <= steps ? example : undefined;
}

/** The numbers before each step of an example, from its start on. */
export async function pathOf(
  { setup, failure }: Example,
  subject: Subject,
  context: TrainingContext,
): Promise<Float32Array[]> {
  const run = new Run(setup, failure.steps + 1, true);
  await takeRuns([run], subject, context);
  return [...(run.path ?? []), run.x].slice(0, failure.steps + 1);
}

/** With more numbers than these, only so many derivatives are held against exact ones. */
const CHECKED = 64;

function startsWell({ first, setup }: Run, { steps, outcome }: Failure, context: TrainingContext): boolean {
  if (outcome === "stuck" || steps === 0 || first === undefined) return false;
  const components = Array.from(setup.start.logits.keys()).slice(0, CHECKED);
  const exact = exactAt(context, setup.start, components);
  const isRight = (computed: number, { lo, hi }: { lo: number; hi: number }) =>
    Math.abs(computed - lo) <= DONE * Math.max(1, Math.abs(lo)) && Math.abs(hi - lo) <= DONE;
  return (
    isRight(first.value, exact.value) &&
    components.every((i) => isRight(first.gradient[i], exact.gradient[i]))
  );
}
