import type { AuditedLoss } from "../audit/subject.js";
import type { ParameterValues } from "../losses/parameters.js";
import type { Precisions } from "../oracle/oracle.js";
import type { Target } from "../targets/target.js";
import type { Case } from "./case.js";
import type { FuzzOptions } from "./options.js";
import type { FuzzFinding } from "./report.js";
import type { TrainedModel } from "./training/through-model.js";

/** How far the search is. */
export interface FuzzState {
  /** Inputs that were tried. */
  runs: number;
  /** Logits in them, times the implementations that were given them. */
  points: number;
  /** Errors and warnings. */
  findings: number;
  /** The largest relative error of a number that is finite. */
  worst: number;
}

/** What the search of a loss on a target needs to know of its surroundings. */
export interface FuzzContext {
  /** With those of its implementations whose exact run is the loss. */
  loss: AuditedLoss;
  target: Target;
  options: FuzzOptions;
  precisions: Precisions;
  /** Its functions are those of a file of the user's: what most of them agree on is the loss. */
  isUserLoss: boolean;
  /** Values of the parameters of the loss, where they are not its defaults. */
  parameters?: ParameterValues;
  /** A model of the user's that training runs go through, by its `FILE#export`. */
  modelOf(name: string): Promise<TrainedModel>;
  /** Called before each call of user code that may take long. */
  onStep(implementation: string): void;
  /** Lets messages in; false when the search is to end with what it has. */
  goesOn(): Promise<boolean>;
  onState(state: FuzzState): void;
  /** Called before inputs are tried one after the other: a function that reads values may hang at one of them. */
  onTry(inputs: readonly Case[]): void;
  /** Called for each finding as soon as it is shrunk. */
  onFinding(finding: FuzzFinding): void;
}
