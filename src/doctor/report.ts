import type { Float } from "../judge/finding.js";
import type { OpResult } from "../ops/report.js";
import type { TargetDescription } from "../report/report.js";

/** What a target does at the ends of float32, measured. */
export interface TargetFacts {
  sigmoid: {
    /** The first float32 at which it is 1; null where it is 1 nowhere. */
    firstOne: Float | null;
    /** The first float32 from which on it is always 1; a mixed region lies between the two where they differ. */
    oneFrom: Float | null;
  };
  /** The smallest product of two normal numbers that is not 0. */
  smallestResult: Float;
  logOfZero: Float;
  /** Whether NaN comes out where NaN goes in, in either argument. */
  nanSurvives: { maximum: boolean; relu: boolean; clipByValue: boolean };
}

/** A target that works. */
export interface Examination {
  description: TargetDescription;
  facts: TargetFacts;
  /** Values and gradients of a few ops, as `audit ops` measures them. */
  ops: OpResult[];
}

export type ExaminedTarget = {
  name: string;
} /** `sweepSeconds` is what a small sweep takes, with the start of its process and of the target. */ & (
  | ({ ready: true; sweepSeconds: number } & Examination)
  /** Why it does not work, and what to do. */
  | { ready: false; reason: string }
);

/** The JSON of `audit doctor`. */
export interface DoctorReport {
  schema: 1;
  command: "doctor";
  version: string;
  targets: ExaminedTarget[];
  exitCode: 0 | 2;
}
