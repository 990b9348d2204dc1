import type { Finding, Float, JsonNumber, Kind, Label, Quantity, Severity } from "../judge/finding.js";

export interface TargetDescription {
  /** As users type it: `cpu`, `wasm`. */
  name: string;
  /** tfjs's name of the backend. */
  backend: string;
  /** What computes: "JavaScript", "WebAssembly, SIMD, 1 thread", the name of a GPU. */
  device: string;
  /** It is a renderer on the CPU in the place of a GPU, whose numbers may differ. */
  software: boolean;
  /** How many threads compute, where that is known. */
  threads?: number;
  /** The last elements of a tensor that are fewer than these go through other code, and may get other bits. */
  lanes?: number;
  /** Whether float32 stays float32 in textures, which not every GPU can; only of WebGL. */
  float32Textures?: boolean;
  /** What becomes of numbers below 2^-126, measured. */
  subnormals?: "kept" | "flushed";
  versions: Record<string, string>;
}

/** What went wrong with the audit of a loss, so that it is not in the findings. */
export interface AuditError {
  /** Absent when it is a target that is missing. */
  loss?: string;
  implementation?: string;
  target?: string;
  /** What was given, what is allowed, what to do. */
  message: string;
}

/** The worst of one quantity over all points of a sweep at which both numbers are finite. */
export interface Worst {
  relative: JsonNumber;
  ulps: JsonNumber;
  input: Float;
  label: number;
}

/** One line of the table of a loss. */
export interface ImplementationSummary {
  implementation: string;
  target: string;
  /** The severest finding, or "ok"; "failed" when the audit of it did not end (see errors). */
  verdict: Severity | "ok" | "failed";
  /** There where the verdict is worse than on every other target. */
  onlyTarget?: true;
  points: number;
  /** The kinds found, severest first. */
  kinds: { kind: Kind; quantity: Quantity; severity: Severity }[];
  /** The failing logit nearest to 0 below it and above it, of the verdict's severity (no note), over all labels. */
  firstFailing: {
    below?: { input: Float; kind: Kind; label: Label };
    above?: { input: Float; kind: Kind; label: Label };
  };
  value?: Worst;
  gradient?: Worst;
  /** Tensors that were still allocated after the calls ended. */
  leakedTensors?: number;
  /** The swept range in cells of equal width, from left to right: the worst that happens in each, over all labels. */
  strip?: Cell[];
}

/** What becomes of value and gradient in a part of the range; notes count as good. */
export type Cell = "good" | "inaccurate" | "dead" | "nan" | "infinity" | "throws";

/** One quantity of one implementation on one target at the points of a curve. */
export interface CurveLine {
  implementation: string;
  target: string;
  /** The gradient is that of the swept logit. NaN where it threw, too; null where it was not computed. */
  computed: (JsonNumber | null)[];
  /** See `errorBits`; of the gradient with respect to several logits it is the worst. Null where it was not computed, too. */
  errorBits: (JsonNumber | null)[];
}

/** What the plots of a loss are drawn from, for one label. */
export interface Curve {
  label: Label;
  /** Logits in ascending order, each a float32. */
  x: JsonNumber[];
  /** NaN where the formula is undefined, or unresolved. */
  exact: { value: JsonNumber[]; gradient: JsonNumber[] };
  value: CurveLine[];
  gradient: CurveLine[];
}

/** One channel of a whole map, or a window of it: that with the worst pixel. */
export interface MapPicture {
  label: Label;
  /** Which of the maps of the sweep it is, and the shape of all of it: [batch, height, width, class]. */
  map: number;
  shape: [batch: number, height: number, width: number, classes: number];
  /** Which sample and class are shown. */
  channel: [batch: number, channel: number];
  /** The window: its first row and column, and its size. */
  corner: [row: number, column: number];
  height: number;
  width: number;
  /** Row-major, height x width. */
  logits: JsonNumber[];
  labels: JsonNumber[];
  errors: MapError[];
}

/** What one implementation on one target makes of the pixels of a picture. */
export interface MapError {
  implementation: string;
  target: string;
  /** The error of the gradient by pixel: see `errorBits`; null where it threw, too. */
  errorBits: (JsonNumber | null)[];
  /** The worst pixel, in the whole map. */
  worst: [row: number, column: number];
}

export interface LossSummary {
  loss: string;
  /** What was swept, in words: "2,001 logits in [-120, 120], labels 0 and 1". */
  inputs: string[];
  implementations: ImplementationSummary[];
  /** Share of the points whose exact answer needed MPFR, over all implementations. */
  escalated: number;
  /** The ends of the swept logits; absent where only the maps of a file were judged. */
  range?: [low: number, high: number];
  /** For a report with plots only. */
  curves?: Curve[];
  /** For a report with plots only, of losses of maps. */
  maps?: MapPicture[];
}

/** The JSON of every command that finds something, schema 1. */
export interface AuditReport {
  schema: 1;
  command: "sweep";
  version: string;
  seed: number;
  targets: TargetDescription[];
  audited: { losses: number; implementations: number; points: number };
  losses: LossSummary[];
  findings: Finding[];
  /** Points whose exact answer stayed too wide to judge. */
  unresolved: number;
  errors: AuditError[];
  /** True when the run was stopped before its end. */
  interrupted: boolean;
  exitCode: 0 | 1 | 2 | 129 | 130 | 143;
}
