import type { Subject } from "../audit/subject.js";
import { fromBits } from "../inputs/float32.js";
import { Random } from "../inputs/random.js";
import { OK, verdicts as verdictList } from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import type { Case } from "./case.js";
import type { FuzzContext } from "./context.js";
import type { CorpusEntry, StoredEntry } from "./corpus/entry.js";
import { caseOf } from "./corpus/example.js";
import { nameOf } from "./describe.js";
import { type Divergence, divergences, partsStill } from "./divergence.js";
import { Domain } from "./domain.js";
import { Examiner, type Verdict } from "./examiner.js";
import { CaseJudge, type Verdicts } from "./judge-cases.js";
import { DistributedLabels, FreeLabels, UNIT } from "./labels.js";
import { Ledger } from "./ledger.js";
import { Population } from "./population.js";
import { replayOfSearch } from "./replay-command.js";
import type { Cured, FuzzFinding } from "./report.js";
import { shapesOf } from "./shapes.js";
import { Trainer } from "./trainer.js";

/** The first batch is small, so that what is found at once is told at once; each is so many times larger than the one before. */
const FIRST = 32;
const GROWTH = 4;
/** Inputs of one implementation, quantity and verdict that are shrunk; of negligible ones. */
const MOST_ALIKE = 12;
const MOST_NOTES = 1;
/** The share of the time that goes into inputs; the rest is for training runs. */
const HUNTING = 0.8;
const QUANTITIES: readonly Quantity[] = ["value", "gradient"];
/** Inputs of a loss that is given many at once, and of one that takes one at a time. */
const DEFAULT_RUNS = { many: 65_536, few: 4_096 };

/** An input that fails, before it is shrunk. */
interface Suspect extends Verdict {
  input: Case;
  runs: number;
  /** What it looks like; of those that look alike one is shrunk. */
  look: string;
}

/** How long to search. */
export interface Budget {
  runs: number;
  seconds?: number;
}

/** The search of one loss on one target. */
export class Search {
  readonly trainer: Trainer;
  readonly #context: FuzzContext;
  readonly #ledger: Ledger;
  readonly #judge: CaseJudge;
  readonly #examiner: Examiner;
  /** Made for a hunt: their seeds and sensors are of no use to a replay. */
  readonly #populationsOf: () => Population[];
  readonly #looks = new Set<string>();
  /** Where inputs of one logit are known to fail, for each implementation, quantity and verdict. */
  readonly #regions = new Map<string, { from: number; to: number }[]>();
  /** How many were shrunk of each implementation, quantity and verdict. */
  readonly #alike = new Map<string, number>();

  /** Searches that share a ledger tell of each defect once. */
  constructor(context: FuzzContext, ledger = new Ledger()) {
    const { loss, options, target, precisions } = context;
    this.#context = context;
    this.#ledger = ledger;
    this.trainer = new Trainer(context);
    const extra = options.special.flatMap((name) =>
      name === "nan" ? [Number.NaN] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    const logits = new Domain(...options.range, extra);
    const labels =
      loss.point === "row" && options.labelRange === undefined
        ? new DistributedLabels()
        : new FreeLabels(new Domain(...(options.labelRange ?? UNIT)));
    this.#judge = new CaseJudge({
      loss,
      target,
      precisions,
      tolerance: options,
      onStep: (implementation) => context.onStep(implementation),
      onTry: (inputs) => context.onTry(inputs),
    });
    this.#examiner = new Examiner(context, this.#judge, logits, labels);
    this.#populationsOf = () =>
      loss.subjects.length === 0
        ? []
        : shapesOf(loss).map(
            (shape, i) => new Population(shape, loss.subjects, new Random(options.seed, i), logits, labels),
          );
  }

  /** It ended before its budget did, since there were so many findings. */
  get isFull(): boolean {
    return this.#ledger.found >= this.#context.options.maxFindings;
  }

  /** Inputs that suit the loss. */
  get defaultRuns(): number {
    const { point, subjects } = this.#context.loss;
    return point !== "map" && subjects.every(({ batched }) => batched) ? DEFAULT_RUNS.many : DEFAULT_RUNS.few;
  }

  /** Tries so many inputs, or as many as there is time for, and trains. */
  async run({ runs, seconds = Infinity }: Budget): Promise<void> {
    const { properties } = this.#context.options;
    const started = performance.now();
    const isLate = (share: number) => performance.now() - started >= share * seconds * 1000;
    if (properties.some((property) => property !== "training")) await this.#hunt(runs, () => isLate(HUNTING));
    if (properties.includes("training")) await this.#train(() => isLate(1));
  }

  /** Tries inputs one by one, so that it is known which of them brings the process down. */
  async oneByOne(inputs: readonly Case[]): Promise<void> {
    for (const input of inputs) {
      await this.#judge.judge([input], this.#context.loss.subjects);
      await this.#context.goesOn();
    }
  }

  /** Tries a failure of the corpus again with its implementation; gives one that fails no more in its way. */
  async replay({ file, entry }: StoredEntry, subject: Subject): Promise<Cured | undefined> {
    const finding = await this.#again(entry, subject);
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
    if (training) return this.trainer.again(training, input, subject);
    if (kind === "divergence") {
      const other = this.#context.loss.subjects.find(({ name }) => name === against);
      return other && partsStill(this.#context, this.#judge, { subject, against: other }, input);
    }
    for (const failure of await this.#judge.failures(input, subject)) {
      if (failure.quantity !== quantity) continue;
      if (nameOf(this.#context, subject, input, failure).kind !== kind) continue;
      return this.#examiner.finding(input, subject, failure);
    }
    return undefined;
  }

  async #hunt(runs: number, isLate: () => boolean): Promise<void> {
    const { state } = this.#ledger;
    const budget = state.runs + runs;
    const populations = this.#populationsOf();
    for (let round = 0; populations.length > 0; round++) {
      for (const population of populations) {
        if (state.runs >= budget || this.isFull || isLate() || !(await this.#context.goesOn())) return;
        const capacity = this.#judge.capacity(population.shape);
        const n = Math.min(FIRST * GROWTH ** round, capacity, budget - state.runs);
        await this.#try(population, population.next(n));
        this.#context.onState(state);
      }
    }
  }

  async #train(isLate: () => boolean): Promise<void> {
    const { state } = this.#ledger;
    const onRuns = (runs: number) => {
      state.points += runs;
    };
    for await (const finding of this.trainer.findings(isLate, onRuns)) {
      if (this.isFull) return;
      if (this.#ledger.isNew(finding)) this.#emit({ ...finding, runs: state.runs });
      this.#context.onState(state);
    }
  }

  async #try(population: Population, inputs: readonly Case[]): Promise<void> {
    const { loss, options } = this.#context;
    const { subjects } = loss;
    const { state } = this.#ledger;
    const before = state.runs;
    const { cases, verdicts } = await this.#judge.judge(inputs, subjects);
    state.runs += inputs.length;
    state.points += cases.length * subjects.length * cases[0].logits.length;
    for (const { errors } of verdicts) {
      for (const error of [...errors.value, ...errors.gradient]) {
        if (error > state.worst && error < Infinity) state.worst = error;
      }
    }
    population.learn(cases, verdicts);
    const places = new Map(inputs.map((input, i) => [input, before + i + 1]));
    for (const suspect of this.#suspects(cases, verdicts, places)) {
      if (this.isFull || !(await this.#context.goesOn())) return;
      await this.#examine(suspect);
    }
    if (!options.properties.includes("divergence")) return;
    for (const divergence of divergences(subjects, cases, verdicts)) {
      if (!this.isFull) await this.#examineDivergence(divergence, places.get(divergence.input) ?? 0);
    }
  }

  /** Inputs that fail, the severest first; of those that look alike the first. `places` counts the inputs. */
  #suspects(
    cases: readonly Case[],
    verdicts: readonly Verdicts[],
    places: ReadonlyMap<Case, number>,
  ): Suspect[] {
    const suspects = new Map<string, Suspect>();
    for (const [s, subject] of this.#context.loss.subjects.entries()) {
      for (const quantity of QUANTITIES) {
        for (const [i, code] of verdicts[s].codes[quantity].entries()) {
          if (code === OK) continue;
          const input = cases[i];
          const alike = alikeOf({ subject, quantity, code });
          const look = `${alike} ${lookOf(input)}`;
          if (suspects.has(look) || this.#isKnown(alike, look, input)) continue;
          suspects.set(look, { subject, quantity, code, input, runs: places.get(input) ?? 0, look });
        }
      }
    }
    return [...suspects.values()].sort((a, b) => b.code - a.code);
  }

  /** A single logit is known where one of its verdict has been explained; other inputs are by what they look like. */
  #isKnown(alike: string, look: string, { logits }: Case): boolean {
    if (logits.length > 1) return this.#looks.has(look);
    return (this.#regions.get(alike) ?? []).some(({ from, to }) => from <= logits[0] && logits[0] <= to);
  }

  /** Shrinks and explains a suspect. Where nothing new comes of it, another one that looks like it may be tried later. */
  async #examine(suspect: Suspect): Promise<void> {
    const { input, runs, look, subject, code } = suspect;
    const alike = alikeOf(suspect);
    const count = this.#alike.get(alike) ?? 0;
    if (count >= (verdictList[code - 1].severity === "note" ? MOST_NOTES : MOST_ALIKE)) return;
    const first = await this.#examiner.failure(input, suspect);
    if (first === undefined) return; // only beside the other inputs of its batch
    const kind = this.#examiner.kindOf(subject, input, first);
    if (kind === undefined || !this.#context.options.properties.includes(kind)) return;
    this.#alike.set(alike, count + 1);
    const small = await this.#examiner.smallest(input, suspect, kind);
    const failure = (await this.#examiner.failure(small, suspect)) ?? first;
    const finding = await this.#examiner.finding(small, subject, failure);
    const [from, to] = [finding.region.from, finding.region.to].map(({ bits }) => fromBits(bits));
    this.#regions.set(alike, [...(this.#regions.get(alike) ?? []), { from, to }]);
    if (!this.#ledger.isNew(finding)) return;
    this.#looks.add(look);
    this.#emit({ ...finding, runs });
  }

  async #examineDivergence(divergence: Divergence, runs: number): Promise<void> {
    const { name } = divergence.subject;
    if (this.#ledger.has({ implementation: name, quantity: "gradient", kind: "divergence" })) return;
    const small = await this.#examiner.smallestDivergence(divergence);
    const finding = await partsStill(this.#context, this.#judge, divergence, small);
    if (finding && this.#ledger.isNew(finding)) this.#emit({ ...finding, runs });
  }

  /** Tells of a finding, with an id of its own unless it has one. */
  #emit(finding: Omit<FuzzFinding, "id"> & Partial<Pick<FuzzFinding, "id">>): void {
    const { loss, options, parameters, isUserLoss, onFinding } = this.#context;
    if (finding.id !== undefined) this.#ledger.take(finding.id);
    const id = finding.id ?? this.#ledger.idOf({ ...finding, from: options.from });
    if (finding.severity !== "note") {
      this.#ledger.state.findings += 1;
      if (finding.file === undefined) this.#ledger.found += 1;
    }
    const others = loss.subjects.map(({ name }) => name).filter((name) => name !== finding.implementation);
    // With values for its parameters only the corpus can replay it.
    const replay = parameters ? "" : finding.replay || this.#replayOfNote(finding);
    onFinding({
      ...finding,
      replay,
      ...(parameters && { parameters }),
      ...(isUserLoss && others.length > 0 && { with: others }),
      id,
    });
  }

  /** The corpus does not hold what is negligible: the search finds it again. */
  #replayOfNote({ severity, runs, target }: Pick<FuzzFinding, "severity" | "runs" | "target">): string {
    return severity === "note"
      ? replayOfSearch(this.#context.loss, target, { ...this.#context.options, runs })
      : "";
  }
}

function alikeOf({ subject, quantity, code }: Verdict): string {
  return `${subject.name} ${quantity} ${code}`;
}

/** The size of an input, and the side and the label of its largest logit. */
function lookOf({ logits, labels }: Case): string {
  let at = 0;
  for (let i = 1; i < logits.length; i++) if (Math.abs(logits[i]) > Math.abs(logits[at])) at = i;
  const label = labels[at] === 0 || labels[at] === 1 ? labels[at] : "between";
  return `${logits.length} ${Math.sign(logits[at])} ${label}`;
}
