import { InputError } from "../inputs/input-error.js";
import type { Outcome } from "./audit-loss.js";
import type { StabilityOptions } from "./options.js";

/** What vitest and jest call a matcher with, as far as it is used. */
export interface MatcherContext {
  isNot?: boolean;
  utils: {
    matcherHint(name: string, received?: string, expected?: string, options?: { isNot?: boolean }): string;
    RECEIVED_COLOR(text: string): string;
  };
}

export interface MatcherResult {
  pass: boolean;
  message(): string;
}

/**
 * Whether a loss computes what it means, in float32 on real targets: a function of (logits, labels), several of them,
 * or a loss of the catalogue or of a file by its name. What can't be audited fails the assertion and its opposite.
 */
export async function toBeNumericallyStable(
  this: MatcherContext,
  loss: unknown,
  options: StabilityOptions = {},
): Promise<MatcherResult> {
  const { isNot = false, utils } = this;
  const title = utils.matcherHint("toBeNumericallyStable", "loss", "", { isNot });
  const { auditLoss } = await import("./audit-loss.js");
  let outcome: Outcome;
  try {
    outcome = await auditLoss(loss, options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { pass: isNot, message: () => `${title}\n\n${error.message}` };
  }
  const { explanation } = await import("./explanation.js");
  const hasColour = utils.RECEIVED_COLOR("x") !== "x";
  return {
    pass: outcome.isAudited ? outcome.failing.length === 0 : isNot,
    message: () => `${title}\n\n${explanation(outcome, hasColour)}`,
  };
}
