import type { ExportedFunction } from "./exported-functions.js";
import { roleOf, saysLoss } from "./names.js";

export type Judgement =
  | { is: "loss"; from: "logits" | "probabilities" }
  /** It may be one, and this keeps it from being audited as it is: a sentence. */
  | { is: "passed over"; reason: string }
  | { is: "something else" };

const CALLED = "a loss is called with (logits, labels)";

/**
 * Whether a function of a file that uses tfjs is taken for a loss. Its name says so, or that of its file does and its
 * parameters are logits and labels by their names. To miss one is better than to audit what is none.
 */
export function judgeFunction({ name, parameters, isAsync }: ExportedFunction, fileName: string): Judgement {
  const roles = (parameters?.names ?? []).slice(0, 2).map(roleOf);
  const [first, second] = roles;
  const isNamed = saysLoss(name) || (name === "default" && saysLoss(fileName));
  const takesBoth = roles.includes("labels") && roles.some(isOutput);
  if (!isNamed && !(saysLoss(fileName) && takesBoth)) return { is: "something else" };
  const passedOver = (reason: string): Judgement => ({ is: "passed over", reason });

  if (isAsync) return passedOver(`it is asynchronous, but ${CALLED} and gives a tensor`);
  if (parameters === undefined)
    return passedOver("what it takes can't be read off its text; add it if it is a loss");
  if (parameters.length > 2) {
    return passedOver(
      `it needs ${parameters.length} arguments, but ${CALLED}: give the others default values`,
    );
  }
  if (parameters.names.length < 2) {
    return passedOver(
      `it takes ${parameters.names.length === 1 ? "one argument" : "no arguments"}, but ${CALLED}`,
    );
  }
  if (!isOutput(first) && (first === "labels" || isOutput(second)) && second !== "labels") {
    return passedOver(`it takes the labels first, but ${CALLED}: export (logits, labels) => … that calls it`);
  }
  if (roles.includes("setting")) {
    return passedOver(`(${parameters.names.slice(0, 2).join(", ")}) are not (logits, labels) by their names`);
  }
  return { is: "loss", from: first === "probabilities" ? "probabilities" : "logits" };
}

/** What a network gives. */
function isOutput(role: string): boolean {
  return role === "logits" || role === "probabilities";
}
