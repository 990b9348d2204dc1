import type { Subject } from "../../audit/subject.js";
import { compute } from "../../explain/computed-point.js";
import { exactNumber } from "../../judge/number.js";
import type { Case } from "../case.js";
import type { TrainingContext, TrainingFinding } from "./context.js";
import type { Example } from "./example.js";
import { type Explanation, explainAt } from "./explain-run.js";
import { exactAt, type Failure } from "./failure.js";
import { messageOf } from "./message.js";
import { DONE } from "./run.js";
import { survivors } from "./survivors.js";
import { logitsOf } from "./through-model.js";

/** The finding that a shrunk example makes. */
export async function findingOf(
  example: Example,
  subject: Subject,
  context: TrainingContext,
): Promise<TrainingFinding> {
  const { setup, failure } = example;
  const { outcome, quantity, steps } = failure;
  const finding = {
    subject: subject.name,
    quantity,
    outcome,
    optimizer: setup.optimizer,
    learningRate: setup.learningRate,
    steps,
    isOfModel: context.through !== undefined,
    start: setup.start,
    survivors: await survivors(setup, subject, context),
    ...(await whereItShows(example, subject, context)),
  };
  return { ...finding, message: messageOf(finding) };
}

type Place = Pick<TrainingFinding, "last" | "at" | "inModel"> & Explanation;

/** At the numbers that are trained; with a model, at the logits that it gives for them, if it shows there. */
async function whereItShows(
  { failure, last }: Example,
  subject: Subject,
  context: TrainingContext,
): Promise<Place> {
  const { at, quantity } = failure;
  const explanation = await explainAt(last, at, quantity, subject, context);
  const { through, target } = context;
  if (!through) return { last, at, inModel: false, ...explanation };
  const batch = await logitsOf(through.model, last.logits, target);
  const ofLogits = { ...context, loss: through.loss };
  const logit = await wrongLogit(batch, failure, subject.name, ofLogits);
  if (logit === undefined) return { last: batch, at: 0, inModel: true, ...explanation };
  const own = named(subject.name, ofLogits);
  return {
    last: batch,
    at: logit,
    inModel: false,
    ...(await explainAt(batch, logit, quantity, own, ofLogits)),
  };
}

/** Which of the logits of a model the loss goes wrong at; undefined where it does not. */
async function wrongLogit(
  batch: Case,
  { outcome, quantity }: Failure,
  name: string,
  context: TrainingContext,
): Promise<number | undefined> {
  if (!batch.logits.every(Number.isFinite)) return undefined;
  const { values, gradient } = await compute(context.target, named(name, context), batch);
  if (quantity === "value") return values?.every(Number.isFinite) ? undefined : 0;
  if (!(gradient instanceof Float32Array)) return undefined;
  const all = Array.from(gradient.keys());
  if (outcome !== "stuck") return all.find((i) => !Number.isFinite(gradient[i]));
  const dead = all.filter((i) => gradient[i] === 0);
  if (dead.length === 0) return undefined;
  const slopes = exactAt(context, batch, dead).gradient.map((slope) => Math.abs(exactNumber(slope)));
  const steepest = Math.max(...slopes);
  return steepest > DONE ? dead[slopes.indexOf(steepest)] : undefined;
}

function named(name: string, { loss }: TrainingContext): Subject {
  return loss.subjects.find((subject) => subject.name === name) as Subject;
}
