import type { Subject } from "../audit/subject.js";
import { verdicts } from "../judge/classify.js";
import type { NumberKind, Quantity } from "../judge/finding.js";
import type { Case } from "./case.js";
import { isIllConditioned } from "./condition.js";
import type { FuzzContext } from "./context.js";
import { causeOf, findingOf, nameOf } from "./describe.js";
import { type Divergence, divergences } from "./divergence.js";
import type { Domain } from "./domain.js";
import { failingInterval } from "./interval.js";
import { type CaseJudge, type Failure, MANY, OPEN } from "./judge-cases.js";
import type { Labels } from "./labels.js";
import type { FuzzFinding } from "./report.js";
import { type Shrinking, shrink } from "./shrink.js";

/** Floats that are asked about at once where many go into one call, when the end of a region is looked for. */
const MOST_AT_ONCE = 256;

/** A verdict on one quantity of an implementation. */
export interface Verdict {
  subject: Subject;
  quantity: Quantity;
  code: number;
}

/** Looks at single inputs: what is wrong with them, what the smallest one is, and why. */
export class Examiner {
  readonly #context: FuzzContext;
  readonly #judge: CaseJudge;
  readonly #logits: Domain;
  readonly #labels: Labels;

  constructor(context: FuzzContext, judge: CaseJudge, logits: Domain, labels: Labels) {
    this.#context = context;
    this.#judge = judge;
    this.#logits = logits;
    this.#labels = labels;
  }

  /** The failure of an input that has this verdict; undefined where it has another, as alone and not beside others. */
  async failure(input: Case, { subject, quantity, code }: Verdict): Promise<Failure | undefined> {
    const failures = await this.#judge.failures(input, subject);
    return failures.find((one) => one.quantity === quantity && one.code === code);
  }

  /** What a failure is called; undefined where no float32 code could do better. */
  kindOf(subject: Subject, input: Case, failure: Failure): NumberKind | undefined {
    const { kind } = nameOf(this.#context, subject, input, failure);
    const { severity } = verdicts[failure.code - 1];
    return severity !== "note" && isIllConditioned(this.#context, input, failure, kind) ? undefined : kind;
  }

  /** The smallest input with the verdict of one, and of its kind. */
  smallest(input: Case, verdict: Verdict, kind: NumberKind): Promise<Case> {
    return this.#shrunk(input, async (cases) => {
      for (const one of await this.#failing(cases, verdict)) {
        const failure = await this.failure(one, verdict);
        if (failure && this.kindOf(verdict.subject, one, failure) === kind) return one;
      }
      return undefined;
    });
  }

  /** The smallest input at which two gradients part as they do at one. */
  smallestDivergence({ subject, against, input, how }: Divergence): Promise<Case> {
    const pair = [subject, against];
    return this.#shrunk(input, async (cases) => {
      for (const chunk of this.#chunks(cases)) {
        const judged = await this.#judge.judge(chunk, pair);
        const found = divergences(pair, judged.cases, judged.verdicts).find((one) => one.how === how);
        if (found?.subject === subject) return found.input;
      }
      return undefined;
    });
  }

  /** The finding of an input, with why it fails and how far its worst logit may move. */
  async finding(input: Case, subject: Subject, failure: Failure): Promise<Omit<FuzzFinding, "id" | "runs">> {
    const { quantity, code, component } = failure;
    const named = nameOf(this.#context, subject, input, failure);
    const cause = await causeOf(this.#context, subject, input, failure, named);
    const atOnce = this.#judge.capacity(input.shape) === MANY ? MOST_AT_ONCE : 1;
    const region = await failingInterval(input.logits[component], this.#logits, atOnce, async (xs) => {
      const cases = Array.from(xs, (x) => withLogit(input, component, x));
      const failing = new Set(await this.#failing(cases, { subject, quantity, code }));
      return cases.map((one) => failing.has(one));
    });
    return findingOf(this.#context, subject, input, failure, cause, region);
  }

  #shrunk(input: Case, firstFailing: Shrinking["firstFailing"]): Promise<Case> {
    const { point } = this.#context.loss;
    const axes = [...input.shape.keys()];
    return shrink(input, {
      firstFailing,
      axes: point === "element" ? [] : point === "row" ? axes.slice(-1) : axes,
      fewest: point === "row" ? 2 : 1,
      logits: this.#logits,
      labels: this.#labels,
    });
  }

  /** Those of some inputs that have a verdict. */
  async #failing(cases: readonly Case[], { subject, quantity, code }: Verdict): Promise<readonly Case[]> {
    const failing: Case[] = [];
    for (const chunk of this.#chunks(cases)) {
      const judged = await this.#judge.judge(chunk, [subject]);
      failing.push(...judged.cases.filter((_, i) => judged.verdicts[0].codes[quantity][i] === code));
    }
    return failing;
  }

  /** Inputs of one shape each, as many as are judged at once. */
  *#chunks(cases: readonly Case[]): Generator<Case[]> {
    const byShape = new Map<string, Case[]>();
    for (const one of cases) {
      const key = one.shape.join();
      byShape.set(key, [...(byShape.get(key) ?? []), one]);
    }
    for (const alike of byShape.values()) {
      const capacity = Math.min(this.#judge.capacity(alike[0].shape), OPEN);
      for (let from = 0; from < alike.length; from += capacity) yield alike.slice(from, from + capacity);
    }
  }
}

function withLogit(input: Case, at: number, x: number): Case {
  const logits = input.logits.slice();
  logits[at] = x;
  return { ...input, logits };
}
