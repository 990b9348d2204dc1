import { formatFloat32 } from "../inputs/float32.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import { messageOf } from "../message-of.js";
import type { AuditError } from "../report/report.js";
import { type Casualty, supervise } from "../worker/supervise.js";
import type { Case } from "./case.js";
import type { FuzzState } from "./context.js";
import type { StoredEntry } from "./corpus/entry.js";
import type { FuzzNews, FuzzResult } from "./fuzz-loss.js";
import type { FuzzedUnit } from "./fuzz-report.js";
import { keep } from "./keep.js";
import type { FuzzOptions } from "./options.js";
import type { Cured, FuzzFinding } from "./report.js";

export interface UnitHooks {
  onProgress(unit: Unit): void;
  onFinding?(finding: FuzzFinding): void;
  onWarning?(message: string): void;
  signal?: AbortSignal;
}

/** Of an input with more numbers than these only the shape is told. */
const MOST_NUMBERS = 16;

/** One loss on one target, and what is known of it. */
export class Unit {
  readonly loss: ResolvedLoss;
  readonly target: string;
  /** The implementation that runs. */
  running = "";
  state: FuzzState = { runs: 0, points: 0, findings: 0, worst: 0 };
  readonly findings: FuzzFinding[] = [];
  readonly cured: Cured[] = [];
  readonly errors: AuditError[] = [];
  readonly warnings: string[] = [];
  result?: FuzzResult;
  isDone = false;
  /** How many of its findings were told. */
  told = 0;
  readonly #options: FuzzOptions;
  readonly #replays: readonly StoredEntry[];

  /** `replays` are failures of it that are tried again before the search. */
  constructor(loss: ResolvedLoss, target: string, options: FuzzOptions, replays: readonly StoredEntry[]) {
    this.loss = loss;
    this.target = target;
    this.#options = options;
    this.#replays = replays;
  }

  /** Fuzzes it in a process of its own, and keeps what is found. */
  async run(hooks: UnitHooks): Promise<void> {
    let kept: Promise<void> = Promise.resolve();
    let trying: readonly Case[] = [];
    const fatal: (readonly Case[])[] = [];
    const onNews = (news: FuzzNews) => {
      if (news.kind === "trying") trying = news.inputs;
      else if (news.kind === "finding") kept = kept.then(() => this.#found(news.finding, hooks));
      else if (news.kind === "state") {
        this.state = news.state;
        hooks.onProgress(this);
      } else if (news.kind === "passed over") this.#passedOver(news.message);
      else if (!this.cured.some(({ id }) => id === news.cured.id)) this.cured.push(news.cured);
    };
    const { result, error, casualties } = await supervise<FuzzResult>(
      (skip) => {
        if (skip.length > 0) fatal.push(trying);
        trying = [];
        return { kind: "fuzz", ...this.#job(), replays: this.#replays, skip };
      },
      this.#options.timeout,
      (implementation) => {
        this.running = implementation;
        hooks.onProgress(this);
      },
      hooks.signal,
      onNews as (news: unknown) => void,
    );
    await kept;
    this.result = result;
    this.warnings.push(...(result?.warnings ?? []));
    for (const warning of this.warnings) hooks.onWarning?.(warning);
    for (const [i, casualty] of casualties.entries()) {
      const skip = casualties.slice(0, i).map((one) => one.implementation as string);
      const input = await this.#fatalOf(fatal[i] ?? [], skip, hooks.signal);
      this.errors.push(this.#errorOf(casualty, input));
    }
    if (error !== undefined)
      this.errors.push({ loss: this.loss.argument, target: this.target, message: error });
    this.errors.push(...(result?.errors ?? []));
    this.isDone = true;
  }

  /** What became of it. */
  fuzzed(): FuzzedUnit {
    const { loss, target, state, findings, cured, errors, warnings, result } = this;
    const searched = { argument: loss.argument, target, state, findings, cured, errors, warnings };
    if (result === undefined) return searched;
    const { implementations, names } = result;
    return { ...searched, result: { loss: result.loss, implementations, names, target: result.target } };
  }

  #job() {
    return { loss: this.loss, target: this.target, options: this.#options };
  }

  async #found(finding: FuzzFinding, { onFinding }: UnitHooks): Promise<void> {
    // After a crash the search begins anew, without the implementation that crashed.
    if (this.findings.some(({ id }) => id === finding.id)) return;
    let stored = finding;
    try {
      stored = await keep(finding, this.loss, this.#options);
    } catch (error) {
      this.errors.push({ loss: this.loss.argument, target: this.target, message: messageOf(error) });
    }
    this.findings.push(stored);
    onFinding?.(stored);
  }

  /** In a replay of one failure alone that is an error: nothing was tried. */
  #passedOver(message: string): void {
    const { loss, target } = this;
    if (this.#options.replay) this.errors.push({ loss: loss.argument, target, message });
    else if (!this.warnings.includes(message)) this.warnings.push(message);
  }

  /** Which of some inputs ends the process; undefined where none does alone. */
  async #fatalOf(
    suspects: readonly Case[],
    skip: string[],
    signal: AbortSignal | undefined,
  ): Promise<Case | undefined> {
    if (suspects.length <= 1) return suspects[0];
    let last: Case | undefined;
    let processes = 0;
    const { casualties } = await supervise<FuzzResult>(
      () => {
        processes += 1;
        // In the second process the implementation that ended the first is missing: there is nothing left to try.
        const left = processes === 1 ? suspects : [];
        return { kind: "fuzz", ...this.#job(), replays: [], suspects: left, skip };
      },
      this.#options.timeout,
      () => {},
      signal,
      (news) => {
        const { kind, inputs } = news as FuzzNews & { kind: "trying" };
        if (kind === "trying" && processes === 1) last = inputs[0];
      },
    );
    return casualties.length > 0 ? last : undefined;
  }

  #errorOf({ implementation, message }: Casualty, input: Case | undefined): AuditError {
    return {
      loss: this.loss.argument,
      ...(implementation && { implementation }),
      target: this.target,
      message: input ? `${message} It was given ${inWords(input)}.` : message,
    };
  }
}

function inWords({ shape, logits, labels }: Case): string {
  if (logits.length === 1) return `x = ${formatFloat32(logits[0])}, z = ${formatFloat32(labels[0])}`;
  if (logits.length > MOST_NUMBERS) return `an input of shape [${shape.join(", ")}]`;
  const list = (numbers: Float32Array) => `[${Array.from(numbers, formatFloat32).join(", ")}]`;
  return `the logits ${list(logits)} with the labels ${list(labels)}`;
}
