import type { Kind, Quantity, Severity } from "../../judge/finding.js";
import type { Example, TrainingRun } from "../report.js";

/** Of entries that this version writes, and the only one that it reads. A new optional key needs no new one. */
export const SCHEMA = 1;

/** One failure that was found, with all that is needed to try it again: a file of the corpus. */
export interface CorpusEntry {
  schema: typeof SCHEMA;
  /** Of audit, when it was written. */
  version: string;
  /** Of the finding; the file is named after it. */
  id: string;
  /** As it was typed, without the implementation: a catalogue name or a file. */
  loss: string;
  implementation: string;
  target: string;
  quantity: Quantity;
  kind: Kind;
  severity: Severity;
  message: string;
  from: "logits" | "probabilities";
  rtol: number;
  atol: number;
  /** Names of other exports of the file that it was held against. */
  with?: string[];
  /** Of the loss, where it takes some. */
  parameters?: Record<string, number>;
  /** The first kernel that went wrong. */
  kernel?: string;
  /** The other implementation, of a divergence. */
  against?: string;
  training?: TrainingRun;
  /** Which logit of the example fails: its position in row-major order. */
  index: number;
  example: Example;
}

/** An entry and the path of its file, as the folder was typed. */
export interface StoredEntry {
  file: string;
  entry: CorpusEntry;
}
