import type { Finding, Float } from "../judge/finding.js";
import type { ParameterValues } from "../losses/parameters.js";
import type { AuditError, AuditReport, TargetDescription } from "../report/report.js";

/** A case as JSON holds it, with the bits of every number. */
export interface Example {
  shape: number[];
  logits: Float[];
  labels: Float[];
}

/** How a training run went wrong. */
export interface TrainingRun {
  optimizer: "gradient descent" | "momentum" | "Adam";
  learningRate: number;
  /** Steps that were made before it went wrong, or stood still. */
  steps: number;
  outcome: "nan" | "infinity" | "stuck";
  /** `FILE#export` of the user's model whose parameters are trained; absent where the logits are. */
  model?: string;
  /** Where it started: the logits, or the parameters of the model. */
  start: Float[];
  /** Implementations that get from the same start, with the same optimizer, to a right answer. */
  survivors: string[];
}

/** A finding with the smallest example that shows it. */
export interface FuzzFinding extends Finding {
  /** The failing input, shrunk. `worst` is about one logit of it. */
  example: Example;
  /** Inputs that had been tried when it was found; 0 for one from the corpus. */
  runs: number;
  /** The other implementation, of a divergence. */
  against?: string;
  training?: TrainingRun;
  /** Values of the parameters of the loss, where they are not its defaults. */
  parameters?: ParameterValues;
  /** Of a file: the other exports that it was held against. */
  with?: string[];
  /** The file in the corpus that holds it. */
  file?: string;
}

/** An entry of the corpus that fails no more. */
export interface Cured {
  id: string;
  file: string;
}

/** The JSON of `audit fuzz`. */
export interface FuzzReport
  extends Pick<AuditReport, "schema" | "version" | "seed" | "audited" | "unresolved" | "interrupted"> {
  command: "fuzz";
  targets: TargetDescription[];
  /** What was searched, whether anything was found or not. */
  searched: { loss: string; implementation: string; target: string }[];
  /** Inputs that were tried, over all losses and targets. */
  runs: number;
  findings: FuzzFinding[];
  cured: Cured[];
  errors: AuditError[];
  /** What to know of corpus files: corrupt ones, and those of another version. */
  warnings: string[];
  exitCode: AuditReport["exitCode"];
}
