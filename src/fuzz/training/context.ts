import type { AuditedLoss } from "../../audit/subject.js";
import type { Tolerance } from "../../judge/classify.js";
import type { Float, JsonNumber, Quantity } from "../../judge/finding.js";
import type { Precisions } from "../../oracle/oracle.js";
import type { SourceLine } from "../../program/program.js";
import type { Target } from "../../targets/target.js";
import type { Case } from "../case.js";
import type { TrainingRun } from "../report.js";
import type { ThroughModel } from "./through-model.js";

/** What training needs to know of its surroundings. */
export interface TrainingContext {
  /** With those of its implementations whose exact run is the loss. */
  loss: AuditedLoss;
  target: Target;
  precisions: Precisions;
  /** Of the explanations of findings. */
  tolerance: Tolerance;
  seed: number;
  /** Of the logits and of the labels that training starts from: both ends are float32 values. */
  range: readonly [low: number, high: number];
  labelRange: readonly [low: number, high: number];
  /** A model whose parameters are trained in place of the logits, and the loss of the logits that it gives. */
  through?: ThroughModel;
  /** Lets messages in; false when training is to end with what it has. */
  goesOn(): Promise<boolean>;
  /** Called before whatever may take long, with the number of runs that it takes a step of. */
  onStep(implementation: string, runs: number): void;
}

/** A training run that ends badly, as small as it could be made. */
export interface TrainingFinding extends Omit<TrainingRun, "start"> {
  subject: string;
  quantity: Quantity;
  /** It started from the parameters of a model, not from logits. */
  isOfModel: boolean;
  /** Where it started: logits and labels; with a model, its parameters (and no labels that mean anything). */
  start: Case;
  /** The logits at which it goes wrong. */
  last: Case;
  /** Which of the numbers of `last` it is about. */
  at: number;
  /** It is the model that goes wrong, not the loss: `computed` and `exact` are of one of its parameters. */
  inModel: boolean;
  /** Null where the explanation of the run threw. */
  computed: Float | null;
  exact: Float;
  ulps: JsonNumber;
  /** The first kernel that goes wrong, and its source line; absent where none was found. */
  kernel?: string;
  line?: SourceLine;
  reason?: string;
  cure?: string;
  /** One or two sentences. */
  message: string;
}
