import { basename } from "node:path";
import { ulpsBetween } from "../judge/number.js";
import { exactText } from "../report/explain-exact.js";
import { fromJsonNumber } from "../report/json.js";
import { Expressions } from "./expression.js";
import type { Comparison, ExplainedKernel, KernelInput, Reason } from "./report.js";
import { shortNumber, wrongFor } from "./words.js";

/** How far a computed number is from the exact one. */
export interface ErrorSize {
  absolute: number;
  ulps: number;
}

const NO_ERROR: ErrorSize = { absolute: 0, ulps: 0 };
const INFINITE_ERROR: ErrorSize = { absolute: Infinity, ulps: Infinity };

/** The kernels of a point, linked by what they read. */
export class Graph {
  readonly expressions: Expressions;
  readonly #byId: ReadonlyMap<string, ExplainedKernel>;

  constructor(readonly kernels: readonly ExplainedKernel[]) {
    this.expressions = new Expressions(kernels);
    this.#byId = new Map(kernels.map((kernel) => [kernel.id, kernel]));
  }

  get(id: string): ExplainedKernel | undefined {
    return this.#byId.get(id);
  }

  /** The kernels that a result is made from, itself included, in the order in which they ran. */
  ancestors(result: ExplainedKernel): ExplainedKernel[] {
    const found = new Set<ExplainedKernel>();
    const visit = (kernel: ExplainedKernel | undefined) => {
      if (kernel === undefined || found.has(kernel)) return;
      found.add(kernel);
      for (const { from } of kernel.inputs) visit(this.get(from));
    };
    visit(result);
    return this.kernels.filter((kernel) => found.has(kernel));
  }

  /** Whether a result is made from the logits. */
  dependsOnLogits(result: ExplainedKernel): boolean {
    return this.ancestors(result).some(({ inputs }) => inputs.some(({ from }) => from === "logits"));
  }

  /** Of the element of an input that the shown element was made from, or else of the worst one of that input. */
  error(of: ExplainedKernel | KernelInput): ErrorSize {
    const { computed, exact } = of.computed || !("from" in of) ? of : (this.get(of.from) ?? of);
    if (!computed) return NO_ERROR;
    const x = fromJsonNumber(computed.value);
    // A number that is not known may be any finite one.
    if (!exact) return Number.isFinite(x) ? NO_ERROR : INFINITE_ERROR;
    const y = fromJsonNumber(exact.value);
    if (Object.is(x, y) || x === y) return NO_ERROR;
    const ulps = ulpsBetween(x, y);
    return Number.isNaN(ulps) ? INFINITE_ERROR : { absolute: Math.abs(x - y), ulps };
  }

  /** ` (loss.ts:12)`, and whose gradient it is; nothing where the line is not known. */
  place({ line, pass }: ExplainedKernel): string {
    const gradient = pass === "backward" ? " in the gradient" : "";
    return line ? `${gradient} (${basename(line.file)}:${line.line})` : gradient;
  }
}

/** What the target gave at the shown element. */
export function computedOf(of: ExplainedKernel | KernelInput): number {
  return of.computed ? fromJsonNumber(of.computed.value) : Number.NaN;
}

export function exactOf(of: ExplainedKernel | KernelInput): number {
  return of.exact ? fromJsonNumber(of.exact.value) : Number.NaN;
}

/** `0 where it is 1.5e-8`, or where no more than bounds of the exact number are known, `Infinity where it is at least 1.79e+308`. */
export function insteadOf(
  computed: number,
  { exact, enclosure }: Pick<ExplainedKernel | Comparison, "exact" | "enclosure">,
): string {
  const isKnown = exact !== null && (exact.value !== "NaN" || enclosure[0] === "NaN");
  if (isKnown) return wrongFor(computed, fromJsonNumber(exact.value));
  const bounds = exactText(exact, enclosure).replace(">=", "at least").replace("<=", "at most");
  return `${shortNumber(computed)} where it is ${bounds}`;
}

/** Which kernel a reason is about. */
export function at({ id, kernel, line }: ExplainedKernel): Omit<Reason, "reason" | "cure"> {
  return { kernel, id, ...(line && { line }) };
}
