import type { Float32 } from "../config/config.js";
import type { Functions } from "../losses/functions.js";
import type { ParameterValues } from "../losses/parameters.js";

/**
 * What `explain` is asked for; as the flags of `audit explain` of the same names. The points are given by `at`, by
 * `logits` or by `heatmap`.
 */
export interface ExplainConfig {
  /**
   * `LOSS[#implementation]`, `FILE[#export]`, the .json file of a failure that `audit fuzz` has kept, which says all
   * the rest itself; or functions of (logits, labels), which run in this process.
   */
  loss: string | Functions;
  /** What `loss` is compared with: names of other exports of its file, or functions where it is one. */
  with?: string[] | Functions;
  /** Logits; Infinity shows the limit. */
  at?: Float32 | Float32[];
  /** Labels, each at every logit of `at` or for the whole file of `logits`; 0 unless said. */
  label?: Float32 | Float32[];
  /** A second pixel beside the one of `at`, for losses of a map. */
  beside?: [logit: Float32, label: Float32];
  /** A .npy file with real logits. */
  logits?: string;
  /** A .npy file with their labels. */
  "label-map"?: string;
  /** Which heat map of a sweep, counted from 0, drawn with `size`, `classes`, `objects` and `seed`. */
  heatmap?: number;
  /** Of one logit, in the file or the heat map; that with the worst gradient unless said. */
  index?: number[];
  /** Of a heat map, in pixels. */
  size?: [height: number, width: number];
  /** Of a heat map, or logits in a row. */
  classes?: number;
  /** In a heat map. */
  objects?: [min: number, max: number];
  /** From 0 to 2^32 - 1. */
  seed?: number;
  /** The name of a target; `"cpu"` unless said. */
  target?: string;
  from?: "logits" | "probabilities";
  rtol?: number;
  atol?: number;
  /** Seconds that one step of a loss may take; of functions it is not watched. */
  timeout?: number;
  /** Values of the parameters that the functions take, where they are not their defaults. */
  parameters?: ParameterValues;
}
