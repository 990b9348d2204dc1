import type { AuditedLoss, Subject } from "../audit/subject.js";
import { fromBits } from "../inputs/float32.js";
import { loadTfjs } from "../targets/tfjs.js";
import type { Case } from "./case.js";
import type { FuzzContext } from "./context.js";
import { UNIT } from "./labels.js";
import type { FuzzFinding, TrainingRun } from "./report.js";
import type { TrainingContext } from "./training/context.js";
import { throughModel } from "./training/through-model.js";
import { trainingFindings, trainOnce } from "./training/training.js";
import { trainingFindingOf } from "./training-findings.js";

type Found = Omit<FuzzFinding, "id" | "runs">;

/** The training runs of a loss on a target: of its logits, or of the parameters of the user's model. */
export class Trainer {
  /** Implementations that can't be trained through the model, each with its reason. */
  readonly failed: AuditedLoss["failed"] = [];
  readonly #context: FuzzContext;

  constructor(context: FuzzContext) {
    this.#context = context;
  }

  /** The runs that end badly, until it is too late. `onRuns` gets how many runs a step is taken of. */
  async *findings(isLate: () => boolean, onRuns: (runs: number) => void): AsyncGenerator<Found> {
    const { train } = this.#context.options;
    this.#context.onTry([]); // no input of the search is to blame for what happens from here on
    const { goesOn, onStep, ...training } = await this.#training(train);
    const watched = {
      ...training,
      goesOn: async () => !isLate() && (await goesOn()),
      onStep: (implementation: string, runs: number) => {
        onRuns(runs);
        onStep(implementation, runs);
      },
    };
    for await (const found of trainingFindings(watched)) {
      yield trainingFindingOf(this.#context, found, train);
    }
  }

  /** One run of the corpus once more: the labels are those of the input that it came to. */
  async again(
    { optimizer, learningRate, start, model }: TrainingRun,
    { shape, labels }: Case,
    { name }: Subject,
  ): Promise<Found | undefined> {
    const training = await this.#training(model);
    const subject = training.loss.subjects.find((one) => one.name === name);
    if (subject === undefined) return undefined;
    const logits = Float32Array.from(start, ({ bits }) => fromBits(bits));
    const from = model
      ? { shape: [logits.length], logits, labels: new Float32Array(logits.length) }
      : { shape, logits, labels };
    const found = await trainOnce({ start: from, optimizer, learningRate }, subject, training);
    return found && trainingFindingOf(this.#context, found, model);
  }

  async #training(modelName: string | undefined): Promise<TrainingContext> {
    const { target, precisions, options, goesOn, onStep, modelOf, loss } = this.#context;
    const { seed, range, labelRange = UNIT } = options;
    const common = { target, precisions, tolerance: options, seed, range, labelRange, goesOn, onStep };
    if (modelName === undefined) return { ...common, loss };
    const trained = throughModel(await loadTfjs(), loss, await modelOf(modelName));
    this.failed.push(...trained.loss.failed.slice(loss.failed.length));
    return { ...common, ...trained };
  }
}
