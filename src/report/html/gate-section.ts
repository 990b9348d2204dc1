import type { GateFinding, GateReport } from "../../gate/report.js";
import type { Severity } from "../../judge/finding.js";
import { lossCount } from "../text.js";
import type { CardOptions } from "./finding-card.js";
import { findingList } from "./finding-list.js";
import { html, type Part } from "./markup.js";

/** Whether a finding is not as the baseline has it, so that it is shown before the losses. */
export function isChanged({ change, improvement, ignored }: GateFinding): boolean {
  return !ignored && (change !== undefined || improvement !== undefined);
}

/** What is not as in the baseline: what fails first. */
export function gateSection(report: GateReport, cards: Omit<CardOptions, "namesLoss" | "isOpen">): Part {
  const { findings, cured, baseline, changed } = report;
  const different = findings.filter(isChanged);
  const list = (some: GateFinding[], isOpen: boolean) =>
    findingList(some, { ...cards, isOpen, namesLoss: true });
  const failing = different.filter(({ fails }) => fails);
  const others = different.filter(({ fails }) => !fails);
  return html`<section aria-labelledby="gate-title">
<h2 id="gate-title">Against the baseline</h2>
<p>${stateOf(baseline)}</p>
${failing.length > 0 && html`<h3>Fails the gate</h3>\n${list(failing, failing.length <= MOST_OPEN)}`}
${others.length > 0 && html`<h3>Not as in the baseline, and no failure</h3>\n${list(others, false)}`}
${curedList(cured)}
${lines("What else is not as it was", baseline.differences)}
${lines("Not in the baseline any more", baseline.removed)}
${changed && lines(`Passed over: ${lossCount(changed.unchanged.length)} unchanged since ${changed.since}`, changed.unchanged)}
</section>
`;
}

/** So many findings that fail a gate are shown open. */
const MOST_OPEN = 20;

function stateOf({ file, state }: GateReport["baseline"]): string {
  const states = {
    absent: `There is no ${file}: all that was found is new.`,
    compared: `Compared with ${file}.`,
    updated: `${file} was updated to what was found.`,
    pruned: `Compared with ${file}, and what is cured was taken out of it.`,
  };
  return states[state];
}

/** What was found once, and is not any more. */
export function curedList(cured: readonly { id: string; severity?: Severity; file?: string }[]): Part {
  if (cured.length === 0) return undefined;
  return html`<h3>Cured</h3>
<ul>${cured.map(
    ({ id, severity, file }) =>
      html`<li><span class="badge ok">cured</span> ${severity && html`<span class="badge ${severity}">${severity}</span> `}<code>${id}</code>${file && html` (<code>${file}</code>)`}</li>`,
  )}</ul>`;
}

function lines(title: string, items: readonly string[]): Part {
  if (items.length === 0) return undefined;
  return html`<details><summary>${title}</summary><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></details>`;
}
