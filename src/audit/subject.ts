import type { LossFunction, PointShape } from "../losses/loss.js";
import type { ParameterRanges } from "../losses/parameters.js";
import type { ExactFunction } from "../oracle/exact-function.js";
import type { SourceLine } from "../program/program.js";

/** One implementation, ready to be evaluated on a target and exactly. */
export interface Subject {
  name: string;
  f: LossFunction;
  /** Where a user's file has it. */
  line?: SourceLine;
  /** Of one point, with a leading axis of 1 for more of them. */
  shape: readonly number[];
  /** n points in axis 0 give n losses, each of its own point alone. */
  batched: boolean;
  /** It reads values of its logits, so that its exact run holds for one point alone. */
  readsValues: boolean;
  /** Its result depends on the labels. */
  usesLabels: boolean;
  exact: ExactFunction;
  /** Tensors that each call leaves behind. */
  leaks: number;
  /** What it takes besides logits and labels, where it says so. */
  parameters: ParameterRanges;
}

/** A loss with those of its implementations that can be audited. */
export interface AuditedLoss {
  name: string;
  /** As the user typed it, for replay commands: a catalogue name or FILE[#export]. */
  argument: string;
  /** The names of functions that a program handed over, and of those beside them: no command can name them. */
  handedOver?: { functions: string[]; comparedWith: string[] };
  point: PointShape;
  /** Names of the implementations that it could be asked for. */
  names: string[];
  /** Names of those that were asked for, in the order of the loss. */
  wanted: string[];
  subjects: Subject[];
  /** Whose exact run is the loss, best first. */
  references: Subject[];
  /** Implementations that can't be audited, each with its reason. */
  failed: { implementation: string; message: string }[];
  warnings: string[];
}
