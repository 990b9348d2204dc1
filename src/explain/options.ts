import type { HeatMapOptions } from "../inputs/heatmaps.js";
import type { FunctionLosses } from "../losses/functions.js";
import type { ParameterValues } from "../losses/parameters.js";
import type { Batch } from "../program/record.js";

/** A logit and label typed by the user, or a pixel of a map. */
export type PointSource =
  | {
      kind: "at";
      logits: number[];
      labels: number[];
      /** Of a row. */
      classes?: number;
      /** A second pixel in the map of the first. */
      beside?: { logit: number; label: number };
    }
  | {
      kind: "file";
      logits: string;
      labelMap?: string;
      /** Without a label map, each of them holds for the whole file. */
      labels: number[];
      index?: number[];
    }
  /** A batch as it was found, and which of its logits is in question. */
  | { kind: "case"; name: string; batch: Batch; at: number }
  | { kind: "heatmap"; options: Omit<HeatMapOptions, "count">; heatmap: number; index?: number[] };

/** What `audit explain` was asked for, checked. */
export interface ExplainOptions {
  /** `LOSS[#implementation]`, `FILE[#export]` or the name of a loss that is a function. */
  loss: string;
  /** Losses that are functions, by name. */
  functions?: FunctionLosses;
  /** Other exports of the file: what most of them and the one of `loss` agree on is the loss. */
  comparedWith: string[];
  source: PointSource;
  target: string;
  from: "logits" | "probabilities";
  rtol: number;
  atol: number;
  /** Values of the parameters of the loss, where they are not its defaults. */
  parameters?: ParameterValues;
}
