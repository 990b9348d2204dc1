import type { Kind, Severity } from "../judge/finding.js";
import type { FunctionLosses } from "../losses/functions.js";

/** What `audit sweep` was asked for, checked. */
export interface SweepOptions {
  /** Catalogue names, or files with an optional `#export`; empty for the whole catalogue. */
  losses: string[];
  /** Names of implementations; empty for all. */
  implementations: string[];
  targets: string[];
  /** Both ends are float32 values. */
  range: [number, number];
  /** Evenly spaced logits for each label; undefined: as many as suit the loss. */
  points?: number;
  labels: number[];
  /** Inputs on request. */
  special: ("zero" | "infinity" | "subnormal")[];
  /** Path of a .npy file with real logits. */
  logits?: string;
  /** Path of a .npy file with their labels. */
  labelMap?: string;
  heatmaps: {
    /** How many maps; undefined: as many as suit the loss. */
    count?: number;
    height: number;
    width: number;
    classes: number;
    objects: [number, number];
  };
  seed: number;
  from: "logits" | "probabilities";
  rtol: number;
  atol: number;
  failOn: Severity | "never";
  /** Seconds that one step of a loss may take. */
  timeout: number;
  /** Those of `losses` that are audited; undefined: all. What a loss is called does not depend on it. */
  only?: string[];
  /** The project folder, as typed: names and paths in reports are relative to it. Undefined: the working folder. */
  folder?: string;
  /** What all findings of a kind count as, in place of what the judge says. */
  severities?: Severities;
  /** Options of single losses, by the argument in `losses`; they go before the others. */
  own?: Readonly<Record<string, Partial<SweepOptions>>>;
  /** Those of `losses` that are functions, by name. */
  functions?: FunctionLosses;
  /** Whether curves and maps are kept for plots. */
  plots?: boolean;
  /** How many processes run at once; undefined: as many as there are processors. */
  jobs?: number;
  /** The part that is audited here, of `of` parts, counted from 1. */
  shard?: Shard;
}

export type Severities = Partial<Record<Kind, Severity>>;

export interface Shard {
  index: number;
  of: number;
}

export interface SweepProgress {
  loss: string;
  implementation: string;
  target: string;
  /** Share of the whole sweep that is done, 0 to 1. */
  done: number;
}
