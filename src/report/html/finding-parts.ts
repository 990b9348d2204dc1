import type { Finding } from "../../judge/finding.js";
import { placeOf } from "../finding-words.js";
import { fromJsonNumber } from "../json.js";
import { decimal, nineDigits, twoDigits } from "../text.js";
import { html, type Markup, type Part } from "./markup.js";
import type { Sources } from "./sources.js";

/** One end, or both, of where it fails. */
export function extentMarkup({ from, to, share, mixed }: Finding["region"]): Markup {
  const float = (x: typeof from) => html`<span class="num">${decimal(x)}</span> <small>${x.bits}</small>`;
  const ends = from.bits === to.bits ? float(from) : html`${float(from)} to ${float(to)}`;
  const percent = (x: number) => `${twoDigits(x * 100)} % of the floats`;
  if (mixed) {
    const where =
      mixed.from.bits === from.bits ? `up to ${decimal(mixed.to)}` : `from ${decimal(mixed.from)} on`;
    return html`${ends}, ${percent(mixed.share)} ${where}`;
  }
  return share < 1 ? html`${ends}, ${percent(share)}` : ends;
}

/** What is computed at the worst points, beside what is exact: a table for each point. */
export function numbersTables(findings: readonly Finding[], exactName = "exact"): Part {
  const points = new Map<string, Finding[]>();
  for (const finding of findings) {
    const point = `At x = ${pointOf(finding.worst)} on ${finding.target}`;
    if (finding.worst.computed !== null) points.set(point, [...(points.get(point) ?? []), finding]);
  }
  return [...points].map(
    ([point, there]) => html`<table class="numbers">
<caption>${point}</caption>
<thead><tr><td></td><th scope="col" class="n">computed</th><th scope="col" class="n">${exactName}</th><th scope="col" class="n">ulps off</th></tr></thead>
<tbody>${there.map(
      ({ quantity, worst }) =>
        html`<tr><th scope="row">${quantity}</th>${[nineDigits(worst.computed!.value), nineDigits(worst.exact.value), ulpsOf(worst)].map((text) => html`<td class="num">${text}</td>`)}</tr>`,
    )}</tbody>
</table>`,
  );
}

/** `120, z = 0, index [0, 3, 4, 0]`. */
function pointOf({ input, label, index }: Finding["worst"]): string {
  const pixel = index === undefined ? "" : `, index [${index.join(", ")}]`;
  return `${decimal(input)}, z = ${nineDigits(label)}${pixel}`;
}

function ulpsOf({ ulps }: Finding["worst"]): string {
  return Number.isNaN(fromJsonNumber(ulps)) ? "–" : twoDigits(ulps).replace("inf", "∞");
}

/** Why it fails and what to write instead, each once. */
export function whyMarkup(findings: readonly Finding[]): Part {
  const reasons = new Map<string, string[]>();
  for (const finding of findings) {
    const reason = reasonOf(finding);
    reasons.set(reason, [...(reasons.get(reason) ?? []), finding.quantity]);
  }
  const cures = new Set(findings.flatMap(({ cure }) => cure ?? []));
  return [
    [...reasons].map(
      ([text, quantities]) =>
        html`<p><strong class="lead">Why${reasons.size > 1 && `, ${quantities.join(", ")}`}</strong> ${text}</p>`,
    ),
    [...cures].map(
      (text) => html`<p class="cure"><strong class="lead">Instead</strong> ${sentence(text)}</p>`,
    ),
  ];
}

/** A reason ends with the cure, which is shown by itself. */
function reasonOf({ reason, cure, message }: Finding): string {
  if (reason === undefined) return message;
  return cure === undefined ? reason : sentence(reason.replace(`; ${cure}`, ""));
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** The lines to blame, each once, in their context. */
export function sourceMarkup(findings: readonly Finding[], sources: Sources): Part {
  const places = new Map(
    findings.flatMap((finding) => (finding.line ? [[placeOf(finding)!, finding.line]] : [])),
  );
  return [...places].map(([place, line]) => {
    const context = sources.contextOf(line);
    if (context === undefined) return html`<p class="place"><code>${place}</code></p>`;
    const width = String(context.first + context.lines.length).length;
    const lines = context.lines.map((text, i) => {
      const number = context.first + i;
      const row = html`<span class="no">${String(number).padStart(width)}</span> ${text || " "}`;
      return number === line.line ? html`<mark>${row}</mark>\n` : html`${row}\n`;
    });
    return html`<figure class="source"><figcaption><code>${place}</code></figcaption><pre tabindex="0"><code>${lines}</code></pre></figure>`;
  });
}

/** A command that can be copied. */
export function commandMarkup(command: string): Part {
  if (command === "") return undefined;
  return html`<div class="command"><pre><code>${command}</code></pre><button type="button" hidden>Copy</button></div>`;
}
