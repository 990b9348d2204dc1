/** How a kernel goes wrong. */
export type Failure =
  | "log-of-0"
  | "log-near-1"
  | "division-by-0"
  | "overflow"
  | "cancellation"
  | "flat"
  | "tie";

interface Cure {
  failure: Failure | readonly Failure[];
  /** What the failure happens to, as `Expressions` writes it. */
  pattern: RegExp;
  /** What to do instead, as a command; `$1` is the pattern's first group. */
  instead: string;
}

/**
 * What to write instead, the first that fits.
 *
 * - softplus(a) = log(1+exp(a)) is -log(1-sigmoid(a)), and -log(sigmoid(a)) with
 *   -a for a: neither takes the logarithm of a number that rounds to 0.
 * - log1p and expm1 keep the small number that 1+a and exp(a)-1 round away.
 * - 1-sigmoid(a) is sigmoid(-a), with all digits.
 * - log(Σexp(a)) = m + log(Σexp(a-m)): with m the maximum, no exponential is
 *   above 1 [Blanchard, Higham & Higham 2021, doi 10.1093/imanum/draa038].
 * - The derivative of 1/a squares a, which overflows from 1.8e19 on; sigmoid has
 *   a derivative of its own.
 * - relu has the slope 0 at 0, where tfjs gives maximum(a, 0) the slope 1 and
 *   |a| the slope -1.
 */
const cures: readonly Cure[] = [
  {
    failure: ["log-of-0", "log-near-1"],
    pattern: /^1 - sigmoid\((.*)\)$/,
    instead: "write softplus($1) for -log(1 - sigmoid($1))",
  },
  {
    failure: ["log-of-0", "log-near-1"],
    pattern: /^sigmoid\((.*)\)$/,
    instead: "write softplus(-($1)) for -log(sigmoid($1))",
  },
  {
    failure: ["log-of-0", "log-near-1"],
    pattern: /^softmax\((.*)\)$/,
    instead: "write logSoftmax($1) for log(softmax($1))",
  },

  {
    failure: "log-of-0",
    pattern: /^exp\((.*)\)\/sum\(exp/,
    instead: "write logSoftmax($1) for the log of this quotient",
  },
  {
    failure: "log-of-0",
    pattern: /^1\/\(1 \+ exp\((.*)\)\)$/,
    instead: "write -softplus($1) for the log of this quotient",
  },
  {
    failure: "log-of-0",
    pattern: /^exp\((.*)\)\/\(1 \+ exp\(\1\)\)$/,
    instead: "write -softplus(-($1)) for the log of this quotient",
  },
  { failure: "log-of-0", pattern: /^exp\((.*)\)$/, instead: "write $1 for log(exp($1))" },
  { failure: "log-of-0", pattern: /./, instead: "take the loss on the logits, with softplus or logSoftmax" },

  {
    failure: "log-near-1",
    pattern: /^1 \+ exp\((.*)\)$/,
    instead: "write softplus($1), or log1p(exp($1))",
  },
  { failure: "log-near-1", pattern: /^1 \+ (.*)$/, instead: "write log1p($1) for log(1 + $1)" },
  { failure: "log-near-1", pattern: /^1 - (.*)$/, instead: "write log1p(-($1)) for log(1 - $1)" },

  { failure: "division-by-0", pattern: /sum\(|mean\(/, instead: "guard the denominator, as max(n, 1)" },
  { failure: "division-by-0", pattern: /./, instead: "guard the denominator before the division" },

  { failure: "overflow", pattern: /^1 \+ exp\((.*)\)$/, instead: "write softplus($1) for log(1 + exp($1))" },
  { failure: "overflow", pattern: /^sum\(exp\(/, instead: "shift by the maximum first: exp(x - max(x))" },
  { failure: "overflow", pattern: /^exp\(/, instead: "take exp of -|x|, or shift by the maximum first" },
  {
    failure: "overflow",
    pattern: /^\(1 \+ exp\((.*)\)\)\^2$/,
    instead: "write sigmoid(-($1)) for 1/(1 + exp($1))",
  },
  {
    failure: "overflow",
    pattern: /^sum\(exp\(.*\)\)\^2$/,
    instead: "shift by the maximum first: exp(x - max(x))",
  },

  {
    failure: "cancellation",
    pattern: /^1 - sigmoid\((.*)\)$/,
    instead: "write sigmoid(-($1)) for 1 - sigmoid($1)",
  },
  { failure: "cancellation", pattern: /^1 - exp\((.*)\)$/, instead: "write -expm1($1) for 1 - exp($1)" },
  { failure: "cancellation", pattern: /^exp\((.*)\) - 1$/, instead: "write expm1($1) for exp($1) - 1" },
  {
    failure: "cancellation",
    pattern: /^x \+ softplus\(-x\)$/,
    instead: "write softplus(x) for x + softplus(-x)",
  },
  {
    failure: "cancellation",
    pattern: /^x \+ log\(1 \+ exp\(-x\)\)$/,
    instead: "write softplus(x) for x + log(1 + exp(-x))",
  },

  { failure: "flat", pattern: /./, instead: "take the loss on the logits, which needs no clip" },

  { failure: "tie", pattern: /^max\((.*), 0\)$/, instead: "write relu($1), whose slope is 0 there" },
];

/** What to do about a failure, or undefined where nothing general is known. */
export function cureFor(failure: Failure, expression: string): string | undefined {
  for (const { failure: cured, pattern, instead } of cures) {
    const match = [cured].flat().includes(failure) ? pattern.exec(expression) : null;
    const argument = match?.[1] ?? "";
    if (match === null || !isWhole(argument)) continue;
    const negative =
      /^-(\w+|\|\w+\|)$/.exec(argument)?.[1] ??
      (/^(\w+|\|\w+\|)$/.test(argument) ? `-${argument}` : `-(${argument})`);
    return instead.replaceAll("-($1)", negative).replaceAll("$1", argument);
  }
  return undefined;
}

/** Whether every parenthesis in a text is closed in it: `a)*exp(b` is no argument of a function. */
function isWhole(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === "(") open++;
    if (character === ")" && open-- === 0) return false;
  }
  return open === 0;
}
