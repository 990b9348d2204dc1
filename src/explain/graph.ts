import { basename } from "node:path";
import { ulpsBetween } from "../judge/number.js";
import { fromJsonNumber } from "../report/json.js";
import { Expressions } from "./expression.js";
import type { ExplainedKernel, KernelInput, Reason } from "./report.js";

/** How far a computed number is from the exact one. */
export interface ErrorSize {
  absolute: number;
  ulps: number;
}

const NO_ERROR: ErrorSize = { absolute: 0, ulps: 0 };

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
    if (!computed || !exact) return NO_ERROR;
    const [x, y] = [fromJsonNumber(computed.value), fromJsonNumber(exact.value)];
    if (Object.is(x, y) || x === y) return NO_ERROR;
    const ulps = ulpsBetween(x, y);
    return Number.isNaN(ulps) ? { absolute: Infinity, ulps: Infinity } : { absolute: Math.abs(x - y), ulps };
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

/** Which kernel a reason is about. */
export function at({ id, kernel, line }: ExplainedKernel): Omit<Reason, "reason"> {
  return { kernel, id, ...(line && { line }) };
}
