import type { Float, Severity } from "../judge/finding.js";

/** Of baselines that this version writes, and the only one that it reads. */
export const SCHEMA = 1;

/** A finding that is accepted. What wobbles is not kept. */
export interface BaselineFinding {
  id: string;
  severity: Severity;
  /** Of a sweep: the first and the last failing float32. Absent for notes, and for what a search has found. */
  from?: Float;
  to?: Float;
}

/** What a target was when its findings were accepted. */
export interface BaselineTarget {
  backend: string;
  device: string;
  versions: Readonly<Record<string, string>>;
}

/** On which targets an implementation was swept and searched. */
export interface Audited {
  sweep: readonly string[];
  search: readonly string[];
}

/** What is accepted, and what it was found with: the file `audit-baseline.json`. */
export interface Baseline {
  /** Of audit. */
  version: string;
  /** Of everything that was drawn. */
  seed: number;
  /** Operating system and processor, whose arithmetic libraries may differ in the last place. */
  platform: string;
  targets: Readonly<Record<string, BaselineTarget>>;
  /** Versions of the packages that the losses import, as they are installed in the project. */
  dependencies: Readonly<Record<string, string>>;
  /** What each loss was swept over, in words; by `loss`, or by `loss#implementation` where that alone is audited. */
  inputs: Readonly<Record<string, readonly string[]>>;
  /** By `loss#implementation`. */
  audited: Readonly<Record<string, Audited>>;
  findings: readonly BaselineFinding[];
}
