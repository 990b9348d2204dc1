import { formatFloat32 } from "../../inputs/float32.js";
import type { Float } from "../../judge/finding.js";
import { fromJsonNumber } from "../../report/json.js";
import { listed } from "../../report/text.js";
import type { TrainingFinding } from "./context.js";

const NAMES: Record<TrainingFinding["optimizer"], string> = {
  "gradient descent": "Gradient descent",
  momentum: "Gradient descent with momentum 0.9",
  Adam: "Adam",
};

/** One or two sentences: what training does, from where, which implementations get away with it, and why. */
export function messageOf(finding: Omit<TrainingFinding, "message">): string {
  const { optimizer, learningRate, survivors, reason } = finding;
  const who = `${NAMES[optimizer]} at learning rate ${formatFloat32(learningRate)}`;
  const others = survivors.length === 0 ? "" : `; ${listed(survivors)} ${survive(finding)}`;
  return `${who} ${what(finding)}${others}.${reason ? ` ${reason}` : ""}`;
}

function what(finding: Omit<TrainingFinding, "message">): string {
  const { outcome, steps, last, at, computed, exact, inModel } = finding;
  const x = formatFloat32(last.logits[at]);
  if (outcome === "stuck") {
    const digits = ({ value }: Float) => Number(fromJsonNumber(value).toPrecision(3));
    const when = steps === 0 ? "at once" : `after ${steps} step${steps === 1 ? "" : "s"}`;
    const is = `the gradient${inModel ? " of a parameter" : ""} is ${computed ? digits(computed) : 0} where it is ${digits(exact)}`;
    return `${fromStart(finding)} stands still ${when}, at x = ${x}: ${is}`;
  }
  const end = outcome === "nan" ? "NaN" : "Infinity";
  const when = steps === 0 ? "before the first step" : `in step ${steps}`;
  return `${fromStart(finding)} reaches ${end} ${when}, at x = ${x}`;
}

function fromStart({ start, at, isOfModel }: Omit<TrainingFinding, "message">): string {
  const { length } = start.logits;
  if (isOfModel) return "from the parameters of the model";
  if (length > 1) {
    return `from ${length} logits, of which ${formatFloat32(start.logits[at])} with ${label(start.labels[at])},`;
  }
  return `from logit ${formatFloat32(start.logits[0])} with ${label(start.labels[0])}`;
}

const label = (z: number) => `label ${formatFloat32(z)}`;

function survive({ outcome, survivors }: Omit<TrainingFinding, "message">): string {
  const isOne = survivors.length === 1;
  if (outcome === "stuck") return isOne ? "gets away" : "get away";
  return isOne ? "survives" : "survive";
}
