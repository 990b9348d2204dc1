import type { Kind, Severity } from "../judge/finding.js";
import type { FunctionLosses } from "../losses/functions.js";
import type { Severities, Shard } from "../sweep/options.js";
import type { StoredEntry } from "./corpus/entry.js";

/** What a fuzz run looks for: the kinds of findings. */
export type Property = Kind;

/** What `audit fuzz` was asked for, checked. */
export interface FuzzOptions {
  /** Catalogue names, or files with an optional `#export`; empty for the whole catalogue. */
  losses: string[];
  /** Names of implementations; empty for all. */
  implementations: string[];
  targets: string[];
  /** Inputs for each loss on each target; undefined: as many as suit the loss, or as `time` allows. */
  runs?: number;
  /** Seconds for each loss on each target, in place of a number of runs. */
  time?: number;
  seed: number;
  /** The most findings of one loss on one target. */
  maxFindings: number;
  /** Kinds of findings that are looked for. */
  properties: Property[];
  /** Of the logits: both ends are float32 values. */
  range: [number, number];
  /** Of each label; undefined: [0, 1], and for rows of classes a probability for each class. */
  labelRange?: [number, number];
  /** Inputs on request. */
  special: ("infinity" | "nan")[];
  /** `FILE#export` of a small model that training runs go through. */
  train?: string;
  /** The folder in which failures are kept. */
  corpus: string;
  /** The one failure that is tried again, with no search. */
  replay?: StoredEntry;
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
  own?: Readonly<Record<string, Partial<FuzzOptions>>>;
  /** Those of `losses` that are functions, by name. */
  functions?: FunctionLosses;
  /** How many processes run at once; undefined: as many as there are processors. */
  jobs?: number;
  /** The part that is searched here, of `of` parts, counted from 1. */
  shard?: Shard;
}
