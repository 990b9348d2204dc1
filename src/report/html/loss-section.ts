import type { GateFinding } from "../../gate/report.js";
import { labelsText } from "../findings.js";
import { lossTitle } from "../loss-title.js";
import type { LossSummary } from "../report.js";
import { severities } from "../severity.js";
import { curveFigures } from "./curve-figure.js";
import type { CardOptions } from "./finding-card.js";
import { findingList } from "./finding-list.js";
import { lossTable } from "./loss-table.js";
import { mapFigure } from "./map-figure.js";
import { html, type Markup, type Part } from "./markup.js";

/** All that a report says of one loss. */
export interface LossPart {
  /** Of its section in the page. */
  id: string;
  name: string;
  /** Of its sweep; a search has none. */
  summary?: LossSummary;
  /** All of them; plots shade the regions of these. */
  findings: readonly GateFinding[];
  /** Those that are listed here, and not before. */
  listed: readonly GateFinding[];
}

/** The losses of a report, in its order. Exports of one file that are audited each by itself are as many parts. */
export function lossParts(
  losses: readonly LossSummary[],
  findings: readonly GateFinding[],
  isListed: (finding: GateFinding) => boolean,
): LossPart[] {
  const swept = losses.map((summary) => {
    const { loss, implementations } = summary;
    const name = lossTitle(summary, losses);
    const isMine = (finding: GateFinding) =>
      finding.loss === loss &&
      (name === loss ||
        implementations.some(({ implementation }) => implementation === finding.implementation));
    return { name, summary, findings: findings.filter(isMine) };
  });
  const placed = new Set(swept.flatMap((part) => part.findings));
  const rest = findings.filter((finding) => !placed.has(finding));
  const searched = [...new Set(rest.map(({ loss }) => loss))].map((name) => ({
    name,
    findings: rest.filter(({ loss }) => loss === name),
  }));
  return [...swept, ...searched].map((part, i) => ({
    ...part,
    id: `loss-${i + 1}`,
    listed: part.findings.filter(isListed),
  }));
}

/** The way to the sections of the losses, with what was found in each. */
export function lossNavigation(losses: readonly LossPart[]): Part {
  if (losses.length < 2) return undefined;
  return html`<nav aria-label="Losses"><ul>${losses.map((loss) => html`<li><a href="#${loss.id}">${loss.name}</a> ${counts(loss)}</li>`)}</ul></nav>`;
}

function counts({ findings, summary }: LossPart): Part {
  const failed = summary?.implementations.filter(({ verdict }) => verdict === "failed").length ?? 0;
  const ignored = findings.filter((finding) => finding.ignored).length;
  const isOk = findings.length === 0 && failed === 0;
  const found = severities.flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity && !finding.ignored).length;
    return n === 0 ? [] : [html`<span class="badge ${severity}">${n} ${severity}${n > 1 && "s"}</span> `];
  });
  return [
    failed > 0 && html`<span class="badge failed">${failed} failed</span> `,
    found,
    ignored > 0 && html`<span class="badge note">${ignored} ignored</span>`,
    isOk && html`<span class="badge ok">ok</span>`,
  ];
}

/** Table, plots, maps and findings of a loss. */
export function lossSection({ id, name, summary, findings, listed }: LossPart, cards: CardOptions): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${name}</h2>
${summary?.inputs.map((line) => html`<p class="inputs">${line}</p>`)}
${summary && lossTable(summary)}
${summary && curves(summary, findings)}
${summary?.maps && summary.maps.length > 0 && html`<h3>Maps</h3>\n<p class="legend"><span>a ring marks the worst pixel</span> <span><i class="ramp viridis"></i> error, 0 to 32 bits</span> <span><i class="swatch nan-pixel"></i> NaN</span> <span><i class="swatch infinity-pixel"></i> infinite</span> <span><i class="swatch unknown-pixel"></i> not known</span></p>\n${summary.maps.map(mapFigure)}`}
${listed.length > 0 && html`<h3>Findings</h3>\n${findingList(listed, cards)}`}
</section>
`;
}

function curves({ curves = [], range }: LossSummary, findings: readonly GateFinding[]): Part {
  if (range === undefined || curves.length === 0) return undefined;
  return html`<h3>Curves</h3>
${legend()}
${curves.map(
  (curve, i) =>
    html`<details class="label"${i === 0 && html` open`}><summary><h4>${labelsText([String(curve.label)])}</h4></summary><div class="figures">${curveFigures(curve, range, findings)}</div></details>`,
)}`;
}

function legend(): Markup {
  const line = (className: string) =>
    html`<svg class="key" viewBox="0 0 28 10" aria-hidden="true"><path class="${className}" d="M1,5L27,5"/></svg>`;
  return html`<p class="legend"><span>${line("exact")} exact</span> <span>${line("computed dash0")} float32</span> <span>${line("computed dash1")} the same on another target, where it differs</span> <span><svg class="key" viewBox="0 0 28 10" aria-hidden="true"><path class="bar" d="M1,6H27V10H1z"/></svg> NaN, -Infinity or an error; at the upper edge: Infinity</span> <span><i class="swatch shade-error"></i> fails (error)</span> <span><i class="swatch shade-warning"></i> fails (warning)</span> <span>The ordinals of floats near 0 are squeezed.</span></p>`;
}
