import type { Tensor } from "@tensorflow/tfjs";
import type { SourceLine } from "../program/program.js";

/** A plain tfjs function of one batch. */
export type LossFunction = (logits: Tensor, labels: Tensor) => Tensor;

/** One way to code a loss. */
export interface Implementation {
  /** As users type it: `naive`, `stable`, … */
  name: string;
  /** The formula as it is coded. */
  formula: string;
  /** Where it comes from: a paper, a file of a repository, a section of a book. */
  source: string;
  /** Where a user's file has it. */
  line?: SourceLine;
  f: LossFunction;
}

/**
 * What one point of a sweep is.
 * - `element`: one logit, one label; the loss keeps the shape of the logits;
 * - `row`: a row of classes [x, 0, …, 0] with the labels [z, 1-z, 0, …, 0]; one loss a row;
 * - `map`: one pixel in a [batch, height, width, class] map that the loss reduces.
 */
export type PointShape = "element" | "row" | "map";

/** A mathematical function, and the ways to code it. */
export interface Loss {
  name: string;
  /** One sentence. */
  summary: string;
  /** The mathematics. */
  formula: string;
  source: string;
  point: PointShape;
  implementations: Implementation[];
  /**
   * Whose exact run gives the exact value of the loss: implementations that are
   * the mathematical function, best conditioned first.
   */
  reference: string[];
}
