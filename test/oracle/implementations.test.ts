import { describe, test } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { catalogue } from "../../src/losses/catalogue.js";
import type { Implementation, Loss } from "../../src/losses/loss.js";
import { batchInIntervals, sumOf } from "../../src/oracle/exact-batch.js";
import { PRECISIONS } from "../../src/oracle/oracle.js";
import type { TruthPoint } from "../losses/truth.js";
import { contains, isNarrow } from "./contains.js";
import { byShape, Disagreements, enclosuresOf, exactly, floats, precisions, truth } from "./disagreements.js";

/** About so many points for each implementation, of those where it is the loss. */
const POINTS = 250;

/** Near enough to 0 that 2048 bits resolve every formula, however it cancels. */
const isEasy = ({ logits }: TruthPoint) => logits.every((x) => Math.abs(x) < 500);

/** Where tfjs's |x|, max(x,0) and max over a row have one derivative. */
const hasNoKink = ({ logits }: TruthPoint) =>
  logits.every((x) => x !== 0) && new Set(logits).size === logits.length;

/** The points at which an implementation is the loss; undefined where it is another function. */
function domain(loss: Loss, { name }: Implementation): ((point: TruthPoint) => boolean) | undefined {
  if (loss.name !== "heatmap-focal") return isEasy;
  if (name === "clamped") return undefined;
  if (!name.startsWith("logits")) return isEasy;
  // Divided by each sample's number of positives; nothing without any, another weight for a label above 1.
  return (point) =>
    isEasy(point) && point.shape[0] === 1 && point.labels.includes(1) && point.labels.every((z) => z <= 1);
}

/** The points at which autodiff's gradient, run exactly, is the derivative; undefined where there is none. */
function smoothDomain(
  loss: Loss,
  implementation: Implementation,
): ((point: TruthPoint) => boolean) | undefined {
  const { name } = implementation;
  const whole = domain(loss, implementation);
  if (!whole || (loss.name === "heatmap-focal" && name === "logits")) return undefined; // divNoNan throws
  // tfjs's own gradient p - z holds for labels that add up to 1.
  const isCustom = loss.name === "softmax-cross-entropy" && name === "library";
  return (point) =>
    whole(point) && hasNoKink(point) && (!isCustom || point.labels.reduce((a, b) => a + b) === 1);
}

function choose(loss: Loss, isChosen: (point: TruthPoint) => boolean): TruthPoint[][] {
  const all = truth.get(loss.name)!.filter(isChosen);
  return byShape(all.filter((_, i) => i % Math.ceil(all.length / POINTS) === 0));
}

/** Contains the number, and is so narrow that this says something. */
const pinsDown = (enclosure: Enclosure, text: string) =>
  contains(enclosure, text) && (isNarrow(enclosure) || enclosure.hi - enclosure.lo < 1e-300);

describe.each(catalogue)("of $name", (loss) => {
  test.each(loss.implementations.filter((each) => domain(loss, each)))(
    "$name, run exactly, is the loss, and its true derivative the gradient",
    (implementation) => {
      const found = new Disagreements();
      for (const group of choose(loss, domain(loss, implementation)!)) {
        const exact = exactly(implementation, group[0].shape);
        for (const point of group) {
          const [logits, labels] = [floats(point.logits), floats(point.labels)];
          let enclosures: Enclosure[] = [];
          for (const bits of PRECISIONS.filter((bits) => bits <= 2048)) {
            enclosures = enclosuresOf(exact.exact(precisions.at(bits), logits, labels));
            if (enclosures.every(isNarrow)) break;
          }
          found.compare(implementation.name, point, enclosures, pinsDown);
        }
      }
      found.expectNone(POINTS);
    },
  );

  test.each(loss.implementations.filter((each) => smoothDomain(loss, each)))(
    "autodiff's gradient of $name, run exactly, is the derivative where that exists",
    (implementation) => {
      const found = new Disagreements();
      for (const group of choose(loss, smoothDomain(loss, implementation)!)) {
        const exact = exactly(implementation, group[0].shape);
        for (const point of group) {
          const [logits, labels] = [floats(point.logits), floats(point.labels)];
          const { values, gradient } = batchInIntervals(exact, precisions.at(2048), logits, labels, "all");
          const run = { value: sumOf(values), gradient: gradient!, kink: false };
          found.compare(implementation.name, point, enclosuresOf(run), pinsDown);
        }
      }
      found.expectNone(POINTS);
    },
  );
});
