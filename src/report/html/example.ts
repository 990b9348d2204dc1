import type { FuzzFinding } from "../../fuzz/report.js";
import { unravel } from "../../inputs/row-major.js";
import type { Float } from "../../judge/finding.js";
import { fromJsonNumber } from "../json.js";
import { decimal, nineDigits } from "../text.js";
import { html, type Part } from "./markup.js";

/** Of an example with more numbers than these, those are shown that are not 0. */
const MOST_NUMBERS = 24;

/** The smallest input that shows a finding, and the parameters where these are not the defaults. */
export function exampleMarkup({ example: { shape, logits, labels }, parameters }: FuzzFinding): Part {
  const values = Object.entries(parameters ?? {}).map(([name, value]) => `${name} = ${nineDigits(value)}`);
  return html`<dl class="facts">
<dt>shape</dt><dd class="num">[${shape.join(", ")}]</dd>
<dt>logits</dt><dd class="num">${numbers(logits, shape)}</dd>
<dt>labels</dt><dd class="num">${numbers(labels, shape)}</dd>
${values.length > 0 && html`<dt>with</dt><dd class="num">${values.join(", ")}</dd>`}</dl>`;
}

/** How a training run goes wrong. */
export function trainingMarkup({ training }: FuzzFinding): Part {
  if (training === undefined) return undefined;
  const { optimizer, learningRate, steps, outcome, model, start, survivors } = training;
  const outcomes = { nan: "NaN", infinity: "Infinity", stuck: "stands still" };
  return html`<dl class="facts">
<dt>training</dt><dd>${optimizer}, learning rate ${nineDigits(learningRate)}${model && ` of ${model}`}</dd>
<dt>start</dt><dd class="num">${numbers(start, [start.length])}</dd>
<dt>ends</dt><dd>${outcomes[outcome]} after ${steps} ${steps === 1 ? "step" : "steps"}</dd>
<dt>survive</dt><dd>${survivors.length === 0 ? "no other implementation" : survivors.join(", ")}</dd>
</dl>`;
}

function numbers(floats: readonly Float[], shape: readonly number[]): string {
  if (floats.length <= MOST_NUMBERS) return `[${floats.map(decimal).join(", ")}]`;
  const others = floats.flatMap((x, i) =>
    fromJsonNumber(x.value) === 0 ? [] : `${decimal(x)} at [${unravel(i, shape, false).join(", ")}]`,
  );
  if (others.length === 0) return `${floats.length} times 0`;
  const more = others.length > MOST_NUMBERS ? `, and ${others.length - MOST_NUMBERS} more` : "";
  return `${floats.length} numbers: 0 but for ${others.slice(0, MOST_NUMBERS).join(", ")}${more}`;
}
