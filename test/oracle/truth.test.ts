import { describe, expect, test } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { evaluateBallArrays } from "../../src/evaluate/ball-arrays.js";
import { exactNumber } from "../../src/judge/number.js";
import { catalogue } from "../../src/losses/catalogue.js";
import type { ExactPoint } from "../../src/oracle/exact-function.js";
import { resolve } from "../../src/oracle/oracle.js";
import { float32sOf, isNarrow } from "./contains.js";
import {
  byShape,
  Disagreements,
  enclosuresOf,
  exactly,
  find,
  floats,
  precisions,
  truth,
} from "./disagreements.js";

/** A ball as the interval that it stands for; one of infinite radius states nothing. */
function ballOf(mid: number, rad: number): Enclosure {
  const reach = rad + Math.abs(mid) * 2 ** -52;
  if (!(reach < Infinity)) return { lo: -Infinity, hi: Infinity, defined: "yes" };
  return { lo: mid - reach, hi: mid + reach, defined: "yes" };
}

describe.each(catalogue)("of $name", (loss) => {
  const points = truth.get(loss.name)!;

  test("every exact value and gradient lies in the balls of every reference", () => {
    const found = new Disagreements();
    for (const group of byShape(points)) {
      const [{ shape, logits }] = group;
      const [n, size] = [group.length, logits.length];
      const out = {
        valueMid: new Float64Array(n),
        valueRad: new Float64Array(n),
        gradientMid: new Float64Array(n * size),
        gradientRad: new Float64Array(n * size),
      };
      for (const name of loss.reference) {
        const balls = exactly(find(loss, name), shape).balls(floats(group[0].labels), "true")!;
        const all = [floats(group.flatMap((p) => p.logits)), floats(group.flatMap((p) => p.labels))] as const;
        balls.run(...all, n, out);
        group.forEach((point, i) => {
          const gradient = point.gradient.map((_, k) =>
            ballOf(out.gradientMid[i * size + k], out.gradientRad[i * size + k]),
          );
          found.compare(name, point, [ballOf(out.valueMid[i], out.valueRad[i]), ...gradient]);
        });
      }
    }
    found.expectNone(2 * loss.reference.length * points.length);
  });

  test("MPFR encloses every exact value and gradient to 40 bits, and its ends round to the same float32", () => {
    const found = new Disagreements();
    let ties = 0;
    const settled = (point: ExactPoint) => enclosuresOf(point).every(isNarrow);
    for (const group of byShape(points)) {
      const references = loss.reference.map((name) => exactly(find(loss, name), group[0].shape));
      for (const point of group) {
        const { logits, labels } = point;
        const result = resolve(references, precisions, floats(logits), floats(labels), settled);
        const enclosures = enclosuresOf(result.point);
        found.compare("MPFR", point, enclosures);
        found.compare("narrow", point, enclosures, isNarrow);
        found.compare("float32", point, enclosures, (enclosure, text) => {
          const rounded = [enclosure.lo, exactNumber(enclosure), enclosure.hi].map(Math.fround);
          // A number that ties two float32 to the last bit of a float64 has ends that round to either.
          if (rounded[0] !== rounded[2]) ties++;
          return float32sOf(text).some((x) => rounded.includes(x));
        });
      }
    }
    found.expectNone(6 * points.length);
    expect(ties).toBeLessThan(0.005 * found.compared);
  });
});

test("every exact value and gradient of a map lies in the balls of the map as a whole", () => {
  const loss = catalogue.find(({ name }) => name === "heatmap-focal")!;
  const found = new Disagreements();
  for (const group of byShape(truth.get(loss.name)!.filter(({ logits }) => logits.length > 1))) {
    for (const name of ["stable", "naive", "trans-pred"]) {
      const exact = exactly(find(loss, name), group[0].shape);
      for (const point of group) {
        const [logits, labels] = [floats(point.logits), floats(point.labels)];
        const { value, gradient } = evaluateBallArrays(exact.program(logits, labels), logits, labels);
        found.compare(name, point, [
          ballOf(value.mid[0], value.rad[0]),
          ...point.gradient.map((_, i) => ballOf(gradient!.mid[i], gradient!.rad[i])),
        ]);
      }
    }
  }
  found.expectNone(3 * 500);
});
