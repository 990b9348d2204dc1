import type { Float, JsonNumber, Quantity } from "../judge/finding.js";
import type { TargetDescription } from "../report/report.js";

/** The point at which an op is off most. */
export interface WorstPoint {
  /** |computed - exact| in units in the last place of the float32 nearest to the exact number; NaN where NaN was computed. */
  ulps: JsonNumber;
  /** x of the form. */
  input: Float;
  /** c of the form. */
  constant?: Float;
  /** The row that was made from x. */
  row?: Float[];
  /** Of the gradient of a row: which number of it. */
  component?: number;
  computed: Float;
  /** To the digits of a float64. NaN where the function is undefined. */
  exact: Float;
}

/** A result at ±0, ±Infinity or NaN, or where the function is undefined, that is not what it must be. */
export interface SpecialPoint {
  input: Float;
  constant?: Float;
  row?: Float[];
  component?: number;
  computed: Float;
  expected: Float;
  /** What asks for it; "domain" where the function is undefined, which is NaN. */
  by: "IEEE 754" | "limit" | "domain";
}

/** The value or the gradient of one op on one target. */
export interface OpResult {
  op: string;
  form: string;
  quantity: Quantity;
  target: string;
  /** Null where nothing was computed. */
  worst: WorstPoint | null;
  /** Of the errors in ulps at all points. */
  median: JsonNumber | null;
  /** Points that were held against an exact number. */
  points: number;
  /** Points whose exact number stayed too wide. */
  unresolved: number;
  /** Points left out, on a target that flushes subnormals: one was given, or was due where 0 came. */
  flushed: number;
  special: SpecialPoint[];
  /** Why there is nothing: what tfjs threw. */
  throws?: string;
}

/** What one target gave. */
export interface TargetOps {
  target: TargetDescription;
  ops: OpResult[];
}

/** An op that brought its process down, or a target that is missing. */
export interface OpsError {
  op?: string;
  target: string;
  message: string;
}

/** The JSON of `audit ops`. */
export interface OpsReport {
  schema: 1;
  command: "ops";
  version: string;
  targets: TargetDescription[];
  ops: OpResult[];
  errors: OpsError[];
  /** True when the run was stopped before its end. */
  interrupted: boolean;
  exitCode: 0 | 2 | 129 | 130 | 143;
}
