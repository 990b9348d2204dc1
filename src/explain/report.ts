import type { Float, JsonNumber, NumberKind, Quantity, Severity } from "../judge/finding.js";
import type { SourceLine } from "../program/program.js";
import type { AuditError, AuditReport, TargetDescription } from "../report/report.js";

/** A computed number beside the exact one. */
export interface Comparison {
  /** What the target gave; null where the function or its gradient threw. */
  computed: Float | null;
  /**
   * The exact number of the loss, to one of the two float64 next to it, with the
   * bits of the nearest float32; at a kink, of the numbers that are right the
   * nearest to the computed one. NaN where the formula is undefined, and where
   * the enclosure is all that is known.
   */
  exact: Float;
  /** Surely holds the exact number, if there is one; float64 ends, rounded outwards. An infinite end is a missing bound. */
  enclosure: [low: JsonNumber, high: JsonNumber];
  /** |computed - exact| in units in the last place of float32 at the exact number; NaN where that is not known. */
  ulps: JsonNumber;
  verdict: NumberKind | "ok";
  severity?: Severity;
  /** What was thrown instead of a number. */
  error?: string;
  /** What to know about the exact number, in words. */
  note?: string;
}

/** One tensor that a kernel reads. */
export interface KernelInput {
  /** As the kernel names it. */
  name: string;
  /** `logits`, `labels`, `constant`, or the id of the kernel that made it, as `%5`. */
  from: string;
  /** The element that the shown element was made from, where it is one. */
  computed?: Float;
  /** Left out where it is not known to be one number. */
  exact?: Float;
}

/** One run of one kernel, seen at one element of its result. */
export interface ExplainedKernel {
  /** `%5`: the result's name in the program. */
  id: string;
  kernel: string;
  pass: "forward" | "backward";
  line?: SourceLine;
  inputs: KernelInput[];
  shape: number[];
  /** Which element is shown, of a result with more than one. */
  index?: number[];
  /** What the target gave. */
  computed: Float;
  /**
   * The same element when the whole program is run exactly: NaN where it is
   * undefined, null where the enclosure is all that is known.
   */
  exact: Float | null;
  enclosure: [low: JsonNumber, high: JsonNumber];
  /**
   * |computed - K(inputs)| in ulps of K(inputs), where K(inputs) is the exact
   * meaning of this one kernel for the float32 inputs that the target gave it:
   * the rounding error of the kernel itself. NaN where that is not known.
   */
  own: JsonNumber;
  /**
   * |K(inputs) - exact| in ulps of the exact number: the error of its inputs as
   * it arrives in the result. NaN where that is not known.
   */
  passedOn: JsonNumber;
}

/** Why a number is not what it should be. */
export interface Reason {
  /** The kernel where it goes wrong, and its id in the table of kernels. */
  kernel: string;
  id?: string;
  line?: SourceLine;
  /** One sentence, the cure included. */
  reason: string;
  /** What to write instead, as a command, where that is known. */
  cure?: string;
}

/** One implementation at one logit and label. */
export interface ExplainedPoint {
  loss: string;
  implementation: string;
  input: Float;
  label: number;
  /** Where the logit comes from: a file, or the name of a heat map. */
  map?: string;
  /** Of the logit in its map or row. */
  index?: number[];
  value: Comparison;
  /** With respect to the logit. */
  gradient: Comparison;
  /** With respect to every logit of a row. */
  gradients?: Comparison[];
  /** Why value and gradient are not right, where they are not. */
  reasons: (Reason & { quantity: Quantity })[];
  /** What else to know, a sentence each. */
  notes: string[];
  /** In the order in which they ran. */
  kernels: ExplainedKernel[];
  /** Ids of the kernels whose results are the value and the gradient. */
  results: { value?: string; gradient?: string };
}

/** The JSON of `audit explain`. */
export interface ExplainReport {
  schema: 1;
  command: "explain";
  version: string;
  /** Absent where the run was stopped before there was one. */
  target?: TargetDescription;
  points: ExplainedPoint[];
  warnings: string[];
  errors: AuditError[];
  /** True when the run was stopped before its end. */
  interrupted: boolean;
  exitCode: AuditReport["exitCode"];
}
