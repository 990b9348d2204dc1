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
  failure: Failure;
  /** What the failure happens to, as `Expressions` writes it. */
  pattern: RegExp;
  /** What to write instead; `$1` is the pattern's first group. */
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
 * - relu has the slope 0 at 0, where tfjs gives maximum(a, 0) the slope 1 and
 *   |a| the slope -1.
 */
const cures: readonly Cure[] = [
  { failure: "log-of-0", pattern: /^1 - sigmoid\((.*)\)$/, instead: "softplus($1) is -log(1 - sigmoid($1))" },
  { failure: "log-of-0", pattern: /^sigmoid\((.*)\)$/, instead: "softplus(-($1)) is -log(sigmoid($1))" },
  { failure: "log-of-0", pattern: /^softmax\((.*)\)$/, instead: "logSoftmax($1) is log(softmax($1))" },
  { failure: "log-of-0", pattern: /^exp\((.*)\)\/sum\(exp/, instead: "logSoftmax($1) is the log of this quotient" },
  { failure: "log-of-0", pattern: /^1\/\(1 \+ exp\((.*)\)\)$/, instead: "softplus($1) is -log(1/(1 + exp($1)))" },
  { failure: "log-of-0", pattern: /^exp\((.*)\)\/\(1 \+ exp\(.*\)\)$/, instead: "-softplus(-($1)) is the log of this quotient" },
  { failure: "log-of-0", pattern: /^exp\(([^()]*|.*\(.*\))\)$/, instead: "log(exp($1)) is $1" },
  { failure: "log-of-0", pattern: /./, instead: "take the loss on the logits, with softplus or logSoftmax" },
  { failure: "log-near-1", pattern: /^1 \+ exp\(([^()]*)\)$/, instead: "log1p(exp($1)), or softplus($1)" },
  { failure: "log-near-1", pattern: /^1 \+ (.*)$/, instead: "log1p($1)" },
  { failure: "log-near-1", pattern: /^1 - sigmoid\((.*)\)$/, instead: "softplus($1) is -log(1 - sigmoid($1))" },
  { failure: "log-near-1", pattern: /^1 - (.*)$/, instead: "log1p(-($1))" },
  { failure: "log-near-1", pattern: /^sigmoid\((.*)\)$/, instead: "softplus(-($1)) is -log(sigmoid($1))" },
  { failure: "log-near-1", pattern: /^softmax\((.*)\)$/, instead: "logSoftmax($1) is log(softmax($1))" },
  { failure: "division-by-0", pattern: /sum\(|mean\(/, instead: "guard the denominator: max(n, 1)" },
  { failure: "division-by-0", pattern: /./, instead: "guard the denominator before dividing" },
  { failure: "overflow", pattern: /^sum\(exp|^exp\(x\)$/, instead: "shift by the maximum first: exp(x - max(x))" },
  { failure: "overflow", pattern: /^exp\(/, instead: "exp(-|x|) never overflows; or shift by the maximum" },
  { failure: "overflow", pattern: /\(1 \+ exp\((.*?)\)\)\^2/, instead: "sigmoid(-($1)) for 1/(1 + exp($1)), whose gradient squares nothing" },
  { failure: "cancellation", pattern: /^1 - sigmoid\((.*)\)$/, instead: "sigmoid(-($1)) is 1 - sigmoid($1)" },
  { failure: "cancellation", pattern: /^1 - exp\((.*)\)$/, instead: "-expm1($1)" },
  { failure: "cancellation", pattern: /^exp\((.*)\) - 1$/, instead: "expm1($1)" },
  { failure: "cancellation", pattern: /^x \+ softplus\(-x\)$/, instead: "softplus(x) is x + softplus(-x)" },
  { failure: "flat", pattern: /./, instead: "take the loss on the logits, which needs no clip" },
  { failure: "tie", pattern: /^max\((.*), 0\)$/, instead: "relu($1), whose slope at 0 fits that of |$1|" },
];

/** What to write instead of something that fails, or undefined where nothing general is known. */
export function cureFor(failure: Failure, expression: string): string | undefined {
  for (const cure of cures) {
    const match = cure.failure === failure ? cure.pattern.exec(expression) : null;
    if (match) return cure.instead.replaceAll("$1", match[1] ?? "").replaceAll(/-\((\w+)\)/g, "-$1").replaceAll("-(-x)", "x");
  }
  return undefined;
}
