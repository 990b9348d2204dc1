import { prepareLoss } from "../../../src/audit/prepare.js";
import { agreedReferences } from "../../../src/audit/references.js";
import type { Subject } from "../../../src/audit/subject.js";
import type { TrainingContext, TrainingFinding } from "../../../src/fuzz/training/context.js";
import { loadModel } from "../../../src/fuzz/training/load-model.js";
import { throughModel } from "../../../src/fuzz/training/through-model.js";
import { trainingFindings } from "../../../src/fuzz/training/training.js";
import { resolveLosses } from "../../../src/losses/resolve.js";
import { loadPrecisions } from "../../../src/oracle/oracle.js";
import { loadTarget } from "../../../src/targets/targets.js";
import { loadTfjs } from "../../../src/targets/tfjs.js";

export interface Wanted extends Partial<Pick<TrainingContext, "seed" | "goesOn" | "onStep" | "labelRange">> {
  target?: string;
  /** FILE#export in fixtures/training. */
  model?: string;
}

/** A loss of the catalogue or a file, ready to be trained with. */
export async function contextOf(argument: string, wanted: Wanted = {}): Promise<TrainingContext> {
  const { target = "cpu", model, ...rest } = wanted;
  const tf = await loadTfjs();
  const [given] = resolveLosses([argument]);
  const precisions = await loadPrecisions();
  const loaded = await loadTarget(target);
  const loss = await prepareLoss(tf, given, {
    implementations: [],
    skip: [],
    from: "logits",
    classes: 2,
    onProbe: () => {},
  });
  const references = given.kind === "file" ? agreedReferences(loss, precisions) : loss.references;
  const audited = { ...loss, references };
  return {
    loss: audited,
    target: loaded,
    precisions,
    tolerance: { rtol: 1e-5, atol: 0 },
    seed: 1,
    range: [-120, 120],
    labelRange: [0, 1],
    goesOn: async () => true,
    onStep: () => {},
    ...rest,
    ...(model !== undefined && throughModel(tf, audited, await loadModel(tf, `fixtures/training/${model}`))),
  };
}

/** All that training finds. */
export async function trained(argument: string, wanted: Wanted = {}): Promise<TrainingFinding[]> {
  const findings: TrainingFinding[] = [];
  for await (const finding of trainingFindings(await contextOf(argument, wanted))) findings.push(finding);
  return findings;
}

export function named(name: string, { loss }: TrainingContext): Subject {
  const subject = loss.subjects.find((other) => other.name === name);
  if (!subject) throw new Error(`${loss.name} has no implementation ${name}.`);
  return subject;
}
