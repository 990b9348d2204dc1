import type { AuditedLoss, Subject } from "../audit/subject.js";
import { fromBits } from "../inputs/float32.js";
import { Random } from "../inputs/random.js";
import { OK, verdicts as verdictList } from "../judge/classify.js";
import type { NumberKind, Quantity } from "../judge/finding.js";
import { loadTfjs } from "../targets/tfjs.js";
import type { Case } from "./case.js";
import { isIllConditioned } from "./condition.js";
import type { FuzzContext, FuzzState } from "./context.js";
import type { CorpusEntry, StoredEntry } from "./corpus/entry.js";
import { caseOf } from "./corpus/example.js";
import { causeOf, findingOf, nameOf } from "./describe.js";
import { type Divergence, divergences, partsStill } from "./divergence.js";
import { Domain } from "./domain.js";
import { failingInterval } from "./interval.js";
import { CaseJudge, type Failure, type Verdicts } from "./judge-cases.js";
import { DistributedLabels, FreeLabels, type Labels } from "./labels.js";
import { Ledger } from "./ledger.js";
import { Population } from "./population.js";
import type { Cured, FuzzFinding, TrainingRun } from "./report.js";
import { shapesOf } from "./shapes.js";
import { type Shrinking, shrink } from "./shrink.js";
import type { TrainingContext } from "./training/context.js";
import { throughModel } from "./training/through-model.js";
import { trainingFindings, trainOnce } from "./training/training.js";
import { trainingFindingOf } from "./training-findings.js";

/** The first batch is small, so that what is found at once is told at once; each is so many times larger than the one before. */
const FIRST = 32;
const GROWTH = 4;
/** Inputs of one look that are shrunk: of one implementation, quantity and verdict. */
const MOST_ALIKE = 12;
/** Floats that are asked about at once where many go into one call, when the end of a region is looked for. */
const MOST_AT_ONCE = 256;
/** The share of the time that goes into inputs; the rest is for training runs. */
const HUNTING = 0.8;
/** Where labels lie unless it is said otherwise. */
const UNIT: [number, number] = [0, 1];
const QUANTITIES: readonly Quantity[] = ["value", "gradient"];

/** Inputs of a loss that is given many at once, and of one that takes one at a time. */
export const DEFAULT_RUNS = { many: 65_536, few: 4_096 } as const;

/** An input that fails, before it is shrunk. */
interface Suspect {
  subject: Subject;
  quantity: Quantity;
  code: number;
  input: Case;
  runs: number;
}

/** The search of one loss on one target. */
export class Search {
  readonly state: FuzzState;
  readonly judge: CaseJudge;
  /** Implementations that can't be trained through the model, each with its reason. */
  readonly failed: AuditedLoss["failed"] = [];
  readonly #context: FuzzContext;
  readonly #logits: Domain;
  readonly #labels: Labels;
  /** Kinds of inputs that were shrunk already, and how many of each implementation, quantity and verdict. */
  readonly #looks = new Map<string, number>();
  readonly #ledger: Ledger;

  /** Searches that share a ledger tell of each defect once. */
  constructor(context: FuzzContext, ledger = new Ledger()) {
    const { loss, options, target, precisions } = context;
    this.#context = context;
    this.#ledger = ledger;
    this.state = ledger.state;
    const extra = options.special.flatMap((name) =>
      name === "nan" ? [Number.NaN] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    this.#logits = new Domain(...options.range, extra);
    this.#labels =
      loss.point === "row" && options.labelRange === undefined
        ? new DistributedLabels()
        : new FreeLabels(new Domain(...(options.labelRange ?? UNIT)));
    this.judge = new CaseJudge({
      loss,
      target,
      precisions,
      tolerance: options,
      onStep: (implementation) => context.onStep(implementation),
      onTry: (inputs) => context.onTry(inputs),
    });
  }

  /** Inputs that suit the loss. */
  get defaultRuns(): number {
    const { point, subjects } = this.#context.loss;
    return point !== "map" && subjects.every(({ batched }) => batched) ? DEFAULT_RUNS.many : DEFAULT_RUNS.few;
  }

  /** Tries so many inputs, or as many as there is time for, and trains. */
  async run({ runs, seconds = Infinity }: { runs: number; seconds?: number }): Promise<void> {
    const { loss, options } = this.#context;
    const { subjects } = loss;
    if (subjects.length === 0) return;
    const populations = shapesOf(loss).map(
      (shape, i) => new Population(shape, subjects, new Random(options.seed, i), this.#logits, this.#labels),
    );
    const budget = this.state.runs + runs;
    const started = performance.now();
    const isLate = (share: number) => performance.now() - started >= share * seconds * 1000;
    const isSpent = () =>
      this.state.runs >= budget || this.state.findings >= options.maxFindings || isLate(HUNTING);
    await this.#hunt(populations, budget, isSpent);
    if (options.properties.includes("training")) await this.#train(() => isLate(1));
  }

  async #hunt(populations: readonly Population[], budget: number, isSpent: () => boolean): Promise<void> {
    for (let round = 0; !isSpent(); round++) {
      for (const population of populations) {
        if (isSpent() || !(await this.#context.goesOn())) return;
        const capacity = this.judge.capacity(population.shape);
        const n = Math.min(FIRST * GROWTH ** round, capacity, budget - this.state.runs);
        await this.#try(population, population.next(n));
        this.#context.onState(this.state);
      }
    }
  }

  /** Tries inputs one by one, so that it is known which of them brings the process down. */
  async oneByOne(inputs: readonly Case[]): Promise<void> {
    for (const input of inputs) {
      await this.judge.judge([input], this.#context.loss.subjects);
      await this.#context.goesOn();
    }
  }

  /** Tries a failure of the corpus again; gives one that fails no more in its way. */
  async replay({ file, entry }: StoredEntry): Promise<Cured | undefined> {
    const subject = this.#context.loss.subjects.find(({ name }) => name === entry.implementation);
    if (subject === undefined || !(await this.#context.goesOn())) return undefined;
    const finding = await this.#again(entry, subject);
    this.#context.onState(this.state);
    if (finding === undefined) {
      this.#ledger.take(entry.id); // its file stays its own
      return { id: entry.id, file };
    }
    if (this.#ledger.isNew(finding)) this.#emit({ ...finding, id: entry.id, file, runs: 0 });
    return undefined;
  }

  async #again(entry: CorpusEntry, subject: Subject): Promise<Omit<FuzzFinding, "id" | "runs"> | undefined> {
    const { kind, quantity, against, training } = entry;
    const input = caseOf(entry.example);
    if (training) return this.#trainedAgain(training, input, subject);
    if (kind === "divergence") {
      const other = this.#context.loss.subjects.find(({ name }) => name === against);
      return other && partsStill(this.#context, this.judge, { subject, against: other }, input);
    }
    for (const failure of await this.judge.failures(input, subject)) {
      if (failure.quantity !== quantity || nameOf(this.#context, subject, input, failure).kind !== kind)
        continue;
      return this.#described(input, subject, failure);
    }
    return undefined;
  }

  async #trainedAgain(
    { optimizer, learningRate, start, model }: TrainingRun,
    { shape, labels }: Case,
    { name }: Subject,
  ): Promise<Omit<FuzzFinding, "id" | "runs"> | undefined> {
    const training = await this.#training(model);
    const subject = training.loss.subjects.find((one) => one.name === name);
    if (subject === undefined) return undefined;
    const logits = Float32Array.from(start, ({ bits }) => fromBits(bits));
    const from = model
      ? { shape: [logits.length], logits, labels: new Float32Array(logits.length) }
      : { shape, logits, labels };
    const found = await trainOnce({ start: from, optimizer, learningRate }, subject, training);
    return found && trainingFindingOf(this.#context, found, model);
  }

  async #training(modelName: string | undefined): Promise<TrainingContext> {
    const { target, precisions, options, goesOn, onStep, modelOf } = this.#context;
    const model = modelName === undefined ? undefined : await modelOf(modelName);
    const { seed, range, labelRange = UNIT } = options;
    const { loss, through } = model
      ? throughModel(await loadTfjs(), this.#context.loss, model)
      : { loss: this.#context.loss, through: undefined };
    this.failed.push(...loss.failed.slice(this.#context.loss.failed.length));
    const context = { loss, target, precisions, tolerance: options, seed, range, labelRange, goesOn, onStep };
    return { ...context, ...(through && { through }) };
  }

  async #train(isLate: () => boolean): Promise<void> {
    const { train } = this.#context.options;
    const training = await this.#training(train);
    const goesOn = async () => !isLate() && (await training.goesOn());
    for await (const found of trainingFindings({ ...training, goesOn })) {
      if (this.state.findings >= this.#context.options.maxFindings) return;
      this.#emit({ ...trainingFindingOf(this.#context, found, train), runs: this.state.runs });
    }
  }

  async #try(population: Population, inputs: readonly Case[]): Promise<void> {
    const { loss, options } = this.#context;
    const { subjects } = loss;
    const before = this.state.runs;
    const { cases, verdicts } = await this.judge.judge(inputs, subjects);
    this.state.runs += inputs.length;
    this.state.points += cases.length * subjects.length * cases[0].logits.length;
    for (const { errors } of verdicts) {
      for (const error of [...errors.value, ...errors.gradient]) {
        if (error > this.state.worst && error < Infinity) this.state.worst = error;
      }
    }
    population.learn(cases, verdicts);
    for (const suspect of this.#suspects(cases, verdicts, before)) await this.#shrunk(suspect);
    if (!options.properties.includes("divergence")) return;
    for (const divergence of divergences(subjects, cases, verdicts)) await this.#parted(divergence, before);
  }

  /** Those that look new, the severest first. */
  #suspects(cases: readonly Case[], verdicts: readonly Verdicts[], before: number): Suspect[] {
    const suspects: Suspect[] = [];
    for (const [s, subject] of this.#context.loss.subjects.entries()) {
      for (const quantity of QUANTITIES) {
        for (const [i, code] of verdicts[s].codes[quantity].entries()) {
          if (code === OK || !this.#looksNew(subject, quantity, code, cases[i])) continue;
          suspects.push({ subject, quantity, code, input: cases[i], runs: before + i + 1 });
        }
      }
    }
    return suspects.sort((a, b) => b.code - a.code);
  }

  /** By the side and the label of its largest logit. Negligible ones are all alike. */
  #looksNew({ name }: Subject, quantity: Quantity, code: number, { logits, labels }: Case): boolean {
    const alike = `${name} ${quantity} ${code}`;
    const count = this.#looks.get(alike) ?? 0;
    if (count >= (verdictList[code - 1].severity === "note" ? 1 : MOST_ALIKE)) return false;
    let at = 0;
    for (let i = 1; i < logits.length; i++) if (Math.abs(logits[i]) > Math.abs(logits[at])) at = i;
    const side = Math.sign(logits[at]);
    const label = labels[at] === 0 || labels[at] === 1 ? labels[at] : "between";
    const look = `${alike} ${logits.length} ${side} ${label}`;
    if (this.#looks.has(look)) return false;
    this.#looks.set(look, 1);
    this.#looks.set(alike, count + 1);
    return true;
  }

  async #shrunk({ subject, quantity, code, input, runs }: Suspect): Promise<void> {
    const { options } = this.#context;
    if (this.state.findings >= options.maxFindings || !(await this.#context.goesOn())) return;
    const first = await this.failure(input, subject, quantity, code);
    if (first === undefined) return; // only beside the other inputs of its batch
    const kind = this.#kindOf(subject, input, first);
    if (kind === undefined || !options.properties.includes(kind)) return;
    const small = await this.shrinkCase(input, async (cases) => {
      for (const one of await this.#failing(cases, subject, quantity, code)) {
        const failure = await this.failure(one, subject, quantity, code);
        if (failure && this.#kindOf(subject, one, failure) === kind) return one;
      }
      return undefined;
    });
    const failure = (await this.failure(small, subject, quantity, code)) ?? first;
    const finding = await this.#described(small, subject, failure);
    if (this.#ledger.isNew(finding)) this.#emit({ ...finding, runs });
  }

  /** Undefined where no float32 code could do better. */
  #kindOf(subject: Subject, input: Case, failure: Failure): NumberKind | undefined {
    const { kind, severity } = nameOf(this.#context, subject, input, failure);
    return severity !== "note" && isIllConditioned(this.#context, input, failure, kind) ? undefined : kind;
  }

  /** The finding of an input, with why it fails and how far its worst logit may move. */
  async #described(
    input: Case,
    subject: Subject,
    failure: Failure,
  ): Promise<Omit<FuzzFinding, "id" | "runs">> {
    const { quantity, code, component } = failure;
    const named = nameOf(this.#context, subject, input, failure);
    const cause = await causeOf(this.#context, subject, input, failure, named);
    const atOnce = Math.min(this.judge.capacity(input.shape), MOST_AT_ONCE);
    const region = await failingInterval(input.logits[component], this.#logits, atOnce, async (xs) => {
      const cases = Array.from(xs, (x) => withLogit(input, component, x));
      const failing = new Set(await this.#failing(cases, subject, quantity, code));
      return cases.map((one) => failing.has(one));
    });
    return findingOf(this.#context, subject, input, failure, cause, region);
  }

  async #parted(divergence: Divergence, before: number): Promise<void> {
    const { subject, against, input, at, how } = divergence;
    if (this.state.findings >= this.#context.options.maxFindings) return;
    if (!this.#ledger.isNew({ implementation: subject.name, quantity: "gradient", kind: "divergence" }))
      return;
    const pair = [subject, against];
    const small = await this.shrinkCase(input, async (cases) => {
      for (const chunk of this.#chunks(cases)) {
        const judged = await this.judge.judge(chunk, pair);
        const found = divergences(pair, judged.cases, judged.verdicts).find((one) => one.how === how);
        if (found?.subject === subject) return found.input;
      }
      return undefined;
    });
    const finding = await partsStill(this.#context, this.judge, divergence, small);
    if (finding) this.#emit({ ...finding, runs: before + at + 1 });
  }

  /** An input made as small as it gets. */
  shrinkCase(input: Case, firstFailing: Shrinking["firstFailing"]): Promise<Case> {
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

  /** The failure of an input that has this verdict. */
  async failure(
    input: Case,
    subject: Subject,
    quantity: Quantity,
    code: number,
  ): Promise<Failure | undefined> {
    const failures = await this.judge.failures(input, subject);
    return failures.find((one) => one.quantity === quantity && one.code === code);
  }

  /** Those of some inputs that have this verdict. */
  async #failing(
    cases: readonly Case[],
    subject: Subject,
    quantity: Quantity,
    code: number,
  ): Promise<readonly Case[]> {
    const failing: Case[] = [];
    for (const chunk of this.#chunks(cases)) {
      const judged = await this.judge.judge(chunk, [subject]);
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
      const capacity = this.judge.capacity(alike[0].shape);
      for (let from = 0; from < alike.length; from += capacity) yield alike.slice(from, from + capacity);
    }
  }

  /** Tells of a finding, with an id of its own unless it has one. */
  #emit(finding: Omit<FuzzFinding, "id"> & Partial<Pick<FuzzFinding, "id">>): void {
    const { parameters, onFinding } = this.#context;
    if (finding.id !== undefined) this.#ledger.take(finding.id);
    const id = finding.id ?? this.#ledger.idOf(finding);
    this.state.findings += 1;
    // With values for its parameters only the corpus can replay it.
    onFinding({ ...finding, ...(parameters && { parameters, replay: "" }), id });
  }
}

function withLogit(input: Case, at: number, x: number): Case {
  const logits = input.logits.slice();
  logits[at] = x;
  return { ...input, logits };
}
