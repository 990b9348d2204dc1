import type { ResolvedLoss } from "../losses/resolve.js";

/** Of the implementations of a loss those whose place among them, from 0, leaves the remainder `index` when divided by `of`. */
export interface Part {
  index: number;
  of: number;
}

export const WHOLE: Part = { index: 0, of: 1 };

/** What one process audits: a part of a loss on a target. */
export interface Piece extends Part {
  loss: ResolvedLoss;
  target: string;
}

export function isIn({ index, of }: Part, place: number): boolean {
  return place % of === index;
}

/** A part cut into so many. */
export function cutPart({ index, of }: Part, parts: number): Part[] {
  return Array.from({ length: parts }, (_, i) => ({ index: index + i * of, of: of * parts }));
}
