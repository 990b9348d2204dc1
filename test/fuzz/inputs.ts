import { expect } from "vitest";
import type { Case } from "../../src/fuzz/case.js";
import { Domain } from "../../src/fuzz/domain.js";
import { DistributedLabels, FreeLabels, type Labels } from "../../src/fuzz/labels.js";
import { sizeOf } from "../../src/kernels/shape.js";

/** Shapes of all kinds of inputs: an element, rows, maps of ranks 1 to 5, batches. */
export const shapes = [
  [1],
  ...[2, 3, 4, 5, 10].map((width) => [1, width]),
  [6],
  [2, 3],
  [2, 2, 2],
  [1, 4, 4, 1],
  [3, 4, 4, 2],
  [2, 1, 2, 2, 2],
];

export interface Space {
  name: string;
  logits: Domain;
  labels: Labels;
  /** Of single labels; undefined where those of a row add up to 1. */
  labelRange?: Domain;
}

export const spaces: Space[] = [
  space("labels from 0 to 1", new Domain(-10_000, 10_000), new Domain(0, 1)),
  space("labels inside of 0 to 1", new Domain(-5, 5), new Domain(Math.fround(0.1), Math.fround(0.9))),
  space("labels without 0 and 1", new Domain(3, 4), new Domain(2, 3)),
  space("labels of a regression", new Domain(-1, 1), new Domain(-1000, 1000)),
  space(
    "infinite logits and NaN",
    new Domain(-100, 100, [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]),
    new Domain(0, 1),
  ),
  { name: "distributions", logits: new Domain(-10_000, 10_000), labels: new DistributedLabels() },
];

function space(name: string, logits: Domain, labelRange: Domain): Space {
  return { name, logits, labels: new FreeLabels(labelRange), labelRange };
}

/** The spaces and shapes that go together: only one row has labels that add up to 1. */
export const combinations = spaces.flatMap((one) =>
  shapes
    .filter((shape) => one.labelRange !== undefined || (shape.length === 2 && shape[0] === 1))
    .map((shape) => ({ ...one, shape })),
);

export function expectInside({ shape, logits, labels }: Case, space: Space): void {
  expect([logits.length, labels.length]).toEqual([sizeOf(shape), sizeOf(shape)]);
  const outside = logits.filter((x) => !space.logits.has(x));
  expect([...outside]).toEqual([]);
  if (space.labelRange) expect([...labels.filter((z) => !space.labelRange!.has(z))]).toEqual([]);
  else expectDistribution(labels);
}

/** Not negative, and 1 when it is added up in float32, in either order. */
export function expectDistribution(labels: Float32Array): void {
  const sum = (zs: Float32Array) => zs.reduce((total, z) => Math.fround(total + z), 0);
  expect(labels.every((z) => z >= 0 && z <= 1)).toBe(true);
  expect([sum(labels), sum(labels.slice().reverse())]).toEqual([1, 1]);
}
