import type { LossOptions } from "../config/config.js";
import type { Severity } from "../judge/finding.js";
import type { Functions } from "../losses/functions.js";

/** What `toBeNumericallyStable` is told; keys and defaults are those of `sweep`, but for these. */
export interface StabilityOptions extends Omit<LossOptions, "fuzz"> {
  /** Names of targets; `"cpu"` unless said. */
  targets?: string | string[];
  /** The assertion fails when a finding is this severe or worse; `"error"` unless said. */
  "fail-on"?: Severity;
  /** Functions that the loss is held against: what these compute, run exactly, is right. */
  with?: Functions;
}
