import { inShape } from "../audit/prepare.js";
import type { Subject } from "../audit/subject.js";
import type { Random } from "../inputs/random.js";
import { OK } from "../judge/classify.js";
import { sizeOf } from "../kernels/shape.js";

import { Archive } from "./archive.js";
import { type Case, joined } from "./case.js";
import type { Domain } from "./domain.js";
import { draw } from "./draw.js";
import type { Verdicts } from "./judge-cases.js";
import type { Labels } from "./labels.js";
import { mutate } from "./mutate.js";
import { seeds } from "./seeds.js";
import { Sensors } from "./sensors.js";

/** So many places come before anything else. */
const HEAD = 32;

/**
 * The inputs of one shape. The first are places at which formulas break, then every other one, as long as there are
 * any. Half of the rest are fresh and half are bred from the best so far: those at which some operation came nearest
 * to its hazard, and those of the largest errors that are still right.
 */
export class Population {
  readonly shape: readonly number[];
  readonly #random: Random;
  readonly #logits: Domain;
  readonly #labels: Labels;
  readonly #seeds: Case[];
  readonly #archive = new Archive();
  readonly #sensors: (Sensors | undefined)[];
  #given = 0;

  constructor(
    shape: readonly number[],
    subjects: readonly Subject[],
    random: Random,
    logits: Domain,
    labels: Labels,
  ) {
    this.shape = shape;
    this.#random = random;
    this.#logits = logits;
    this.#labels = labels;
    this.#seeds = seeds(shape, logits, labels).reverse();
    this.#sensors = subjects.map((subject) => sensorsOf(subject, shape));
  }

  /** The next n inputs. */
  next(n: number): Case[] {
    return Array.from({ length: n }, () => {
      const isSeed = this.#given < HEAD || this.#given % 2 === 0;
      this.#given++;
      return (isSeed ? this.#seeds.pop() : undefined) ?? this.#bred();
    });
  }

  /** Keeps those of the inputs that are better than all before in some way. */
  learn(cases: readonly Case[], verdicts: readonly Verdicts[]): void {
    const logits = joined(cases, "logits");
    const labels = joined(cases, "labels");
    for (const [s, { codes, errors }] of verdicts.entries()) {
      for (const { sensor, at, reading } of this.#sensors[s]?.read(logits, labels, cases.length) ?? []) {
        this.#archive.offer(`sensor ${s} ${sensor}`, cases[at], reading);
      }
      for (const quantity of ["value", "gradient"] as const) {
        for (const [i, error] of errors[quantity].entries()) {
          if (codes[quantity][i] !== OK || error === 0 || error === Infinity) continue;
          const side = cases[i].logits[0] < 0 ? "below" : "above";
          this.#archive.offer(`error ${s} ${quantity} ${side}`, cases[i], error);
        }
      }
    }
  }

  #bred(): Case {
    const { shape } = this;
    if (this.#archive.size === 0 || this.#random.integer(0, 1) === 0) {
      return draw(this.#random, shape, this.#logits, this.#labels);
    }
    const parent = this.#archive.pick(this.#random);
    return mutate(this.#random, parent, this.#archive.pick(this.#random), this.#logits, this.#labels);
  }
}

function sensorsOf(subject: Subject, shape: readonly number[]): Sensors | undefined {
  const size = sizeOf(shape);
  try {
    const half = new Float32Array(size).fill(0.5);
    return Sensors.of(inShape(subject, shape).exact.program(half, half));
  } catch {
    return undefined; // it throws there: what it does elsewhere is seen by what it computes
  }
}
