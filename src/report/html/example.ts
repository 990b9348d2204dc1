import type { FuzzFinding } from "../../fuzz/report.js";
import { numbersText } from "../fuzz-text.js";
import { nineDigits } from "../text.js";
import { html, type Part } from "./markup.js";

/** The smallest input that shows a finding, and the parameters where these are not the defaults. */
export function exampleMarkup({ example: { shape, logits, labels }, parameters }: FuzzFinding): Part {
  const values = Object.entries(parameters ?? {}).map(([name, value]) => `${name} = ${nineDigits(value)}`);
  return html`<dl class="facts">
<dt>shape</dt><dd class="num">[${shape.join(", ")}]</dd>
<dt>logits</dt><dd class="num">${numbersText(logits, shape)}</dd>
<dt>labels</dt><dd class="num">${numbersText(labels, shape)}</dd>
${values.length > 0 && html`<dt>with</dt><dd class="num">${values.join(", ")}</dd>`}</dl>`;
}

/** How a training run goes wrong. */
export function trainingMarkup({ training }: FuzzFinding): Part {
  if (training === undefined) return undefined;
  const { optimizer, learningRate, steps, outcome, model, start, survivors } = training;
  const outcomes = { nan: "NaN", infinity: "Infinity", stuck: "stands still" };
  return html`<dl class="facts">
<dt>training</dt><dd>${optimizer}, learning rate ${nineDigits(learningRate)}${model && ` of ${model}`}</dd>
<dt>start</dt><dd class="num">${numbersText(start, [start.length])}</dd>
<dt>ends</dt><dd>${outcomes[outcome]} after ${steps} ${steps === 1 ? "step" : "steps"}</dd>
<dt>survive</dt><dd>${survivors.length === 0 ? "no other implementation" : survivors.join(", ")}</dd>
</dl>`;
}
