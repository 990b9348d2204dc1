import type { ImplementationSummary, LossSummary, Worst } from "../report.js";
import { count, decimal, twoDigits } from "../text.js";
import { tickText } from "./axis.js";
import { html, type Markup, type Part } from "./markup.js";
import { stripLegend, stripMarkup } from "./strip-markup.js";

/** A line of the table, for all targets on which it reads the same. */
type Line = Omit<ImplementationSummary, "target"> & { targets: string[] };

/** The implementations of a loss: verdict, strip, where they fail first, and how far they are off. */
export function lossTable({ loss, implementations, range }: LossSummary): Markup {
  const lines = joined(implementations);
  const strips = lines.flatMap(({ strip }) => (strip ? [strip] : []));
  const hasStrips = range !== undefined && strips.length > 0;
  const leaks = lines.filter(({ leakedTensors }) => leakedTensors);
  return html`<div class="scroll" role="region" aria-label="Implementations of ${loss}" tabindex="0"><table class="implementations">
<thead><tr><td colspan="${hasStrips ? 4 : 3}"></td><th scope="colgroup" colspan="2">first failing logit</th><th scope="colgroup" colspan="2">value</th><th scope="colgroup" colspan="2">gradient</th></tr>
<tr><th scope="col">implementation</th><th scope="col">target</th>${
    hasStrips &&
    html`<th scope="col"><span class="ends"><span>${tickText(range[0])}</span><span>${tickText(range[1])}</span></span></th>`
  }<th scope="col">verdict</th><th scope="col" class="n">below 0</th><th scope="col" class="n">above 0</th><th scope="col" class="n">rel. error</th><th scope="col" class="n">ulps</th><th scope="col" class="n">rel. error</th><th scope="col" class="n">ulps</th></tr></thead>
<tbody>${lines.map((line, i) => row(line, i > 0 && lines[i - 1].implementation === line.implementation, hasStrips ? range : undefined))}</tbody>
</table></div>
${hasStrips && stripLegend(strips)}
${leaks.map(
  ({ implementation, targets, leakedTensors }) =>
    html`<p>${implementation} on ${targets.join(", ")} leaves ${count(leakedTensors!, "tensor")} allocated.</p>`,
)}`;
}

/** Targets of an implementation stand together, and in one line where all that is shown is the same. */
function joined(implementations: readonly ImplementationSummary[]): Line[] {
  const byName = new Map<string, Map<string, Line>>();
  for (const { target, ...line } of implementations) {
    const lines = byName.get(line.implementation) ?? new Map<string, Line>();
    byName.set(line.implementation, lines);
    const { points, kinds, ...shown } = line;
    const key = JSON.stringify({ ...shown, value: numbers(line.value), gradient: numbers(line.gradient) });
    const known = lines.get(key);
    if (known) known.targets.push(target);
    else lines.set(key, { ...line, targets: [target] });
  }
  return [...byName.values()].flatMap((lines) => [...lines.values()]);
}

function row(line: Line, isRepeated: boolean, range: LossSummary["range"]): Markup {
  const { implementation, targets, verdict, onlyTarget, strip, firstFailing, value, gradient } = line;
  const { below, above } = firstFailing;
  const number = (text: string) => html`<td class="n num">${text}</td>`;
  return html`<tr${isRepeated && html` class="repeated"`}><th scope="row">${implementation}</th><td>${targets.join(", ")}</td>${
    range && html`<td>${strip && stripMarkup(strip, range)}</td>`
  }<td><span class="badge ${verdict}">${verdict}</span>${onlyTarget && " here only"}</td>${number(below ? decimal(below.input) : "–")}${number(above ? decimal(above.input) : "–")}${[...numbers(value), ...numbers(gradient)].map(number) as Part[]}</tr>
`;
}

function numbers(worst: Worst | undefined): [relative: string, ulps: string] {
  return worst === undefined ? ["–", "–"] : [twoDigits(worst.relative), twoDigits(worst.ulps)];
}
