import { pick } from "../arbitraries/pick.js";
import type { Random } from "../inputs/random.js";
import type { Case } from "./case.js";

/** The best input so far for each of many aims. */
export class Archive {
  readonly #best = new Map<string, { score: number; case: Case }>();
  /** In the order in which the aims were first met. */
  readonly #aims: string[] = [];

  get size(): number {
    return this.#aims.length;
  }

  /** Keeps the input if it has a higher score than any before. */
  offer(aim: string, input: Case, score: number): void {
    const known = this.#best.get(aim);
    if (known === undefined) this.#aims.push(aim);
    else if (score <= known.score) return;
    this.#best.set(aim, { score, case: input });
  }

  /** The best input of an aim, each aim as likely. Some input must have been offered. */
  pick(random: Random): Case {
    return (this.#best.get(pick(random, this.#aims)) as { case: Case }).case;
  }
}
