import type { Subject } from "../../audit/subject.js";
import type { TrainingContext } from "./context.js";
import { exactAt, failureOf } from "./failure.js";
import { Run, type Setup } from "./run.js";
import { takeRuns } from "./take-runs.js";

/**
 * Whether an implementation trains where another one fails: from the same start, with the same optimizer and learning
 * rate, it computes finite numbers to the end, is not stuck, and the exact loss is less at the end than at the start.
 */
export async function survives(setup: Setup, subject: Subject, context: TrainingContext): Promise<boolean> {
  const run = new Run(setup);
  await takeRuns([run], subject, context);
  if (run.end !== "settled" && run.end !== "out-of-steps") return false;
  if (failureOf(run, context) !== undefined) return false;
  const exactValue = (state: typeof setup.start) => exactAt(context, state, [0]).value;
  return exactValue(run.state).hi < exactValue(setup.start).lo;
}

/** The names of all other implementations that survive. References that are not audited themselves come last. */
export async function survivors(setup: Setup, failed: Subject, context: TrainingContext): Promise<string[]> {
  const names: string[] = [];
  for (const subject of othersOf(failed, context)) {
    if (await survives(setup, subject, context)) names.push(subject.name);
  }
  return names;
}

/** The first that survives, of the references first: it shows that this start, optimizer and rate can be trained with. */
export async function firstSurvivor(
  setup: Setup,
  failed: Subject,
  context: TrainingContext,
): Promise<Subject | undefined> {
  for (const subject of unique([...context.loss.references, ...context.loss.subjects])) {
    if (subject.name !== failed.name && (await survives(setup, subject, context))) return subject;
  }
  return undefined;
}

function othersOf(failed: Subject, { loss }: TrainingContext): Subject[] {
  return unique([...loss.subjects, ...loss.references]).filter(({ name }) => name !== failed.name);
}

function unique(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [subject.name, subject])).values()];
}
