import type { Subject } from "../audit/subject.js";
import type { Quantity } from "../judge/finding.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import type { Point } from "./point-judge.js";

/** Neighbouring points of one code in a map. */
export interface FailingPixels {
  subject: Subject;
  quantity: Quantity;
  code: number;
  badness: number;
  points: number;
  /** The pixels that they are made of. */
  from: number;
  to: number;
  detail(): WorstPixel;
}

/** The worst of them. */
export interface WorstPixel {
  /** In the map. */
  pixel: number;
  /** NaN where it threw. */
  computed: number;
  exact: ExactPoint;
  /** Of the exact gradient. */
  component: number;
  /** What is evaluated at once, and which of its logits is the pixel. */
  point: Point;
  at: number;
  /** Whose value it is, where each sample of the batch has one. */
  sample?: number;
  /** What the function threw, if it did. */
  thrown: string;
  /** The references as functions of this point. */
  references: readonly Subject[];
}
