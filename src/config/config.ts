import type { Kind, Severity } from "../judge/finding.js";

/** A float32: a number, or its bits as `"0x418b3333"`. */
export type Float32 = number | string;

/** What the search of `audit fuzz` is told; as the flags of the same names. */
export interface FuzzConfig {
  /** Inputs for each loss on each target. */
  runs?: number;
  /** Seconds for each loss on each target, in place of `runs`. */
  time?: number;
  /** From 0 to 2^32 - 1. */
  seed?: number;
  "max-findings"?: number;
  /** Kinds of findings that are looked for; all unless said. */
  property?: Kind[];
  /** Where the logits lie, both ends included. */
  range?: [low: Float32, high: Float32];
  /** Where each label lies. */
  "label-range"?: [low: Float32, high: Float32];
  special?: ("infinity" | "nan")[];
  /** `FILE#export` of a small model that training runs go through. */
  train?: string;
  /** Folder in which failures are kept. */
  corpus?: string;
}

/** What holds for all losses, or for one; as the flags of the same names. */
export interface LossOptions {
  /** Names of implementations that are audited; all unless said. */
  implementation?: string[];
  /** Logits to sweep, both ends included. */
  range?: [low: Float32, high: Float32];
  /** Evenly spaced logits for each label. */
  points?: number;
  labels?: Float32[];
  special?: ("zero" | "infinity" | "subnormal")[];
  /** A .npy file with real logits. */
  logits?: string;
  /** A .npy file with their labels. */
  "label-map"?: string;
  /** How many heat maps are drawn for losses of a map. */
  heatmaps?: number;
  /** Of a heat map, in pixels. */
  size?: [height: number, width: number];
  classes?: number;
  /** In a heat map. */
  objects?: [min: number, max: number];
  /** From 0 to 2^32 - 1. */
  seed?: number;
  from?: "logits" | "probabilities";
  rtol?: number;
  atol?: number;
  /** Seconds that one step of a loss may take. */
  timeout?: number;
  /** What all findings of a kind count as. */
  severities?: Partial<Record<Kind, Severity>>;
  /** The search of `audit gate`: `true` for one with the defaults; none unless said. */
  fuzz?: boolean | FuzzConfig;
}

/** One loss, or those of a glob, with options of their own. */
export interface LossConfig extends LossOptions {
  /** A catalogue name, a file or a glob, with an optional `#export`. */
  loss: string;
}

/** Findings that never fail the gate. Texts may hold `*`; what is left out is any. */
export interface Ignore {
  id?: string;
  loss?: string;
  implementation?: string;
  target?: string;
  quantity?: "value" | "gradient";
  kind?: Kind;
  /** Why, for who reads the report. */
  reason: string;
  /** The last day on which it holds, as `"2027-01-31"`. */
  expires?: string;
}

/** What `audit.config.ts` says. A flag goes before the key of its name. */
export interface Config extends LossOptions {
  /** Catalogue names, files or globs, each with an optional `#export`. */
  losses?: (string | LossConfig)[];
  /** Names of targets, `"all"` or `"auto"`. */
  targets?: string | string[];
  "fail-on"?: Severity | "never";
  ignore?: Ignore[];
  /** The file of the gate's baseline; `audit-baseline.json` unless said. */
  baseline?: string;
  /** Reports that are written beside what is printed, as `"sarif=audit.sarif"`. */
  report?: string[];
  /** How many processes run at once. */
  jobs?: number;
}

/** The configuration itself, with its type checked: `export default defineConfig({ losses: ["losses/*.ts"] })`. */
export function defineConfig(config: Config): Config {
  return config;
}
