import type { Tensor, Tensor1D } from "@tensorflow/tfjs";
import { lineOf } from "../../audit/prepare.js";
import type { AuditedLoss, Subject } from "../../audit/subject.js";
import type { LossFunction } from "../../losses/loss.js";
import { messageOf } from "../../message-of.js";
import { ExactFunction } from "../../oracle/exact-function.js";
import type { Target } from "../../targets/target.js";
import type { Tfjs } from "../../targets/tfjs.js";
import type { Case } from "../case.js";

/** A model whose parameters are trained: the logits of its fixed inputs. */
export interface TrainedModel {
  /** FILE#export, as it was typed. */
  name: string;
  /** The parameters that training starts from. */
  parameters: Float32Array;
  logits(parameters: Tensor1D): Tensor;
  /** Of the logits, and of the labels. */
  shape: readonly number[];
  labels: Float32Array;
}

export interface ThroughModel {
  model: TrainedModel;
  /** As a function of logits. */
  loss: AuditedLoss;
}

/** The parameters as what is trained: a batch of [parameters], whose labels mean nothing. */
export function startOf({ parameters }: TrainedModel): Case {
  const labels = new Float32Array(parameters.length);
  return { shape: [parameters.length], logits: parameters, labels };
}

/**
 * A loss as a function of the parameters of a model: loss(model.logits(w), labels). Where it has a value for each
 * logit or row, what is trained on is their sum. An implementation that can't be run through the model is among those
 * that failed, with the reason.
 */
export function throughModel(
  tf: Tfjs,
  loss: AuditedLoss,
  model: TrainedModel,
): { loss: AuditedLoss; through: ThroughModel } {
  const failed = [...loss.failed];
  const composed = (subject: Subject): Subject[] => {
    const f: LossFunction = (w) =>
      tf.sum(subject.f(model.logits(w as Tensor1D), tf.tensor(model.labels.slice(), [...model.shape])));
    const { shape, logits, labels } = startOf(model);
    const exact = new ExactFunction(tf, f, shape, lineOf);
    try {
      exact.checkKernels(logits, labels);
    } catch (error) {
      failed.push({
        implementation: subject.name,
        message: `It can't be trained through ${model.name}: ${messageOf(error)}`,
      });
      return [];
    }
    return [{ ...subject, f, shape, batched: false, usesLabels: false, exact }];
  };
  const known = new Map<Subject, Subject[]>();
  const all = (subjects: readonly Subject[]) =>
    subjects.flatMap((subject) => {
      const through = known.get(subject) ?? composed(subject);
      known.set(subject, through);
      return through;
    });
  const trained = { point: "map", subjects: all(loss.subjects), references: all(loss.references) } as const;
  return { loss: { ...loss, ...trained, failed }, through: { model, loss } };
}

/** The logits that a model gives for parameters, on a target, with its labels. */
export async function logitsOf(model: TrainedModel, parameters: Float32Array, target: Target): Promise<Case> {
  const running = target.running({ name: model.name, f: (w) => model.logits(w as Tensor1D) });
  const { value } = await running.batch([parameters.length], parameters, new Float32Array(parameters.length));
  return { shape: model.shape, logits: value, labels: model.labels };
}
