import { expect } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { IntervalArithmetic } from "../../src/arithmetic/interval.js";
import { loadMpfr } from "../../src/arithmetic/mpfr.js";
import { catalogue } from "../../src/losses/catalogue.js";
import type { Implementation, Loss } from "../../src/losses/loss.js";
import { ExactFunction, type ExactPoint } from "../../src/oracle/exact-function.js";
import { Precisions } from "../../src/oracle/oracle.js";
import { loadTfjs } from "../../src/targets/tfjs.js";
import { readTruth, type TruthPoint } from "../losses/truth.js";
import { contains } from "./contains.js";

const tf = await loadTfjs();
const mpfr = await loadMpfr();
export const precisions = new Precisions((bits) => new IntervalArithmetic(mpfr, bits));

export const truth = new Map(catalogue.map(({ name }) => [name, [...readTruth(name)]]));

export function byShape(points: TruthPoint[]): TruthPoint[][] {
  const groups = new Map<string, TruthPoint[]>();
  for (const point of points) {
    const key = point.shape.join();
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups.values()];
}

export function find(loss: Loss, name: string): Implementation {
  return loss.implementations.find((implementation) => implementation.name === name)!;
}

export function exactly({ f }: Implementation, shape: readonly number[]): ExactFunction {
  return new ExactFunction(tf, f, shape, () => undefined);
}

export const floats = (numbers: number[]) => Float32Array.from(numbers);

/** Everything that is wrong, in words: an expectation a number would take minutes. */
export class Disagreements {
  readonly all: string[] = [];
  compared = 0;

  compare(who: string, point: TruthPoint, enclosures: Enclosure[], agrees = contains): void {
    [point.value, ...point.gradient].forEach((text, i) => {
      this.compared++;
      if (agrees(enclosures[i], text)) return;
      const { lo, hi, defined } = enclosures[i];
      const what = i === 0 ? "value" : `gradient ${i - 1}`;
      this.all.push(
        `${who} [${point.logits}], labels [${point.labels}]: ${what} ${text} is not [${lo}, ${hi}] (defined: ${defined})`,
      );
    });
  }

  expectNone(atLeast: number): void {
    expect(this.all.slice(0, 10)).toEqual([]);
    expect(this.compared).toBeGreaterThanOrEqual(atLeast);
  }
}

export const enclosuresOf = ({ value, gradient }: ExactPoint) => [value, ...gradient];
