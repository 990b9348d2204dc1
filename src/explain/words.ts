import type { Reason } from "./report.js";

/** A number in few digits, but with enough of them to see that it is not 1. */
export function shortNumber(x: number): string {
  return inDigits(x, x !== 1 && Number(x.toPrecision(3)) === 1 ? 9 : 3);
}

/** `4.542e-5 where it is 4.54e-5`, in as many digits as it takes to tell them apart. */
export function wrongFor(computed: number, exact: number): string {
  let digits = 3;
  while (digits < 9 && inDigits(computed, digits) === inDigits(exact, digits)) digits++;
  return `${inDigits(computed, digits)} where it is ${inDigits(exact, digits)}`;
}

function inDigits(x: number, digits: number): string {
  if (!Number.isFinite(x)) return String(x);
  const rounded = Number(x.toPrecision(digits));
  return rounded !== 0 && Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded);
}

const nouns: Record<string, string> = {
  Add: "The sum",
  AddN: "The sum",
  Sub: "The difference",
  Multiply: "The product",
  RealDiv: "The quotient",
  ClipByValue: "The clip",
};

/** A kernel as the subject of a sentence. */
export function subjectOf(kernel: string): string {
  return nouns[kernel] ?? kernel;
}

/** One sentence: what happens, and what to do about it; and that also by itself. */
export function told(what: string, cure: string | undefined): Pick<Reason, "reason" | "cure"> {
  return cure === undefined ? { reason: `${what}.` } : { reason: `${what}; ${cure}.`, cure };
}
