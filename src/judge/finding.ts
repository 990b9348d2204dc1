import type { SourceLine } from "../program/program.js";

/** A number that survives JSON. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity" | "-0";

/** A number with the bits of the float32 nearest to it, as `0x418b3333`. */
export interface Float {
  value: JsonNumber;
  bits: string;
}

export type Quantity = "value" | "gradient";
export type Severity = "error" | "warning" | "note";

/** The severer, the larger. */
export const severityRank: Record<Severity, number> = { error: 3, warning: 2, note: 1 };

/** Compares by severity, for a sort that puts the severest first and leaves the others in their order. */
export function severestFirst(a: { severity: Severity }, b: { severity: Severity }): number {
  return severityRank[b.severity] - severityRank[a.severity];
}

/** What a number can be, held against the exact one. */
export type NumberKind =
  | "overflow"
  | "nan"
  | "underflow"
  | "inaccurate"
  | "dead-gradient"
  | "wrong-sign"
  | "throws"
  | "unresolved"
  | "semantic"
  | "formula";

/**
 * What can be found: numbers that are wrong; two implementations whose gradients
 * part (`divergence`); a training run that ends badly (`training`).
 */
export type Kind = NumberKind | "divergence" | "training";

/** A label is a number, or the name of a map of labels. */
export type Label = number | string;

/** One defect: a kind, in one region of inputs, of one implementation on one target. */
export interface Finding {
  id: string;
  loss: string;
  implementation: string;
  target: string;
  /** There where, of several targets, the implementation fails so, or worse, at these inputs on this one only. */
  onlyTarget?: true;
  arithmetic: string;
  quantity: Quantity;
  kind: Kind;
  severity: Severity;
  region: {
    /** The first and the last failing float32. */
    from: Float;
    to: Float;
    label: Label;
    /** How many points of the sweep fail in it. */
    points: number;
    /** The share of the floats between both ends that fails: 1, or less in a mixed region. */
    share: number;
    /** The part of a mixed region beyond which all floats fail, where that is not all of it. */
    mixed?: { from: Float; to: Float; share: number };
  };
  worst: {
    input: Float;
    label: number;
    /** Null where the function or its gradient threw. */
    computed: Float | null;
    /** NaN where the formula is undefined, or its value is not resolved. */
    exact: Float;
    ulps: JsonNumber;
    /** The index of the worst pixel of a map, [batch, height, width, class]. */
    index?: number[];
  };
  message: string;
  /** Why, in one sentence; absent where the message is all that is known. */
  reason?: string;
  /** What to write instead, where that is known. */
  cure?: string;
  /** The first kernel that goes wrong. */
  kernel?: string;
  /** The line of the loss that made that kernel, or of the implementation where no kernel is to blame; its path is that of `projectPath`. */
  line?: SourceLine;
  /** A command that shows the worst point. */
  replay: string;
}
