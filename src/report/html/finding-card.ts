import type { FuzzFinding } from "../../fuzz/report.js";
import type { GateFinding } from "../../gate/report.js";
import type { Finding } from "../../judge/finding.js";
import { labelsText, phrase } from "../findings.js";
import type { Group } from "../group.js";
import { decimal } from "../text.js";
import { exampleMarkup, trainingMarkup } from "./example.js";
import { commandMarkup, extentMarkup, numbersTables, sourceMarkup, whyMarkup } from "./finding-parts.js";
import { html, type Markup, type Part } from "./markup.js";
import type { Sources } from "./sources.js";

/** One defect of a sweep: of one implementation or several that fail alike. */
export function groupCard(group: Group, options: CardOptions): Markup {
  const { loss, implementations, effects, regions } = group;
  const [{ region }] = regions;
  const more = regions.length > 1 ? ` and ${regions.length - 1} more` : "";
  return card({
    options,
    finding: effects[0],
    who: nameOf(loss, implementations.join(", "), options),
    what: effects.map(phrase).join(", "),
    where: `${briefly(region)}, ${labelsText(regions[0].labels)}${more}`,
    body: [
      html`<ul class="regions">${regions.map(
        ({ region, labels, targets, isOnly }) =>
          html`<li><span>${extentMarkup(region)}</span> <span class="at">${labelsText(labels)} on ${targets.join(", ")}${isOnly && " only"}</span></li>`,
      )}</ul>`,
      numbersTables(effects),
      whyMarkup(effects),
      sourceMarkup(effects, options.sources),
      commandMarkup(effects[0].replay),
    ],
  });
}

/** One finding of a search, with its example. */
export function searchCard(finding: GateFinding & FuzzFinding, options: CardOptions): Markup {
  const { loss, implementation, target, region, severity } = finding;
  const isRegion = region.from.bits !== region.to.bits && severity !== "note";
  const rest = finding.example.logits.length > 1 ? ", the other numbers as they are" : "";
  return card({
    options,
    finding,
    who: nameOf(loss, `${implementation} on ${target}`, options),
    what: phrase(finding),
    where: `shape [${finding.example.shape.join(", ")}]`,
    body: [
      exampleMarkup(finding),
      trainingMarkup(finding),
      isRegion && html`<p>Fails from ${extentMarkup(region)}${rest}.</p>`,
      numbersTables([finding], finding.kind === "divergence" ? String(finding.against) : "exact"),
      whyMarkup([finding]),
      sourceMarkup([finding], options.sources),
      commandMarkup(finding.replay),
    ],
  });
}

/** How cards are shown. */
export interface CardOptions {
  sources: Sources;
  isOpen: boolean;
  /** They are of several losses, and so name theirs. */
  namesLoss: boolean;
}

function nameOf(loss: string, implementations: string, { namesLoss }: CardOptions): string {
  return namesLoss ? `${loss} ${implementations}` : implementations;
}

interface Card {
  options: CardOptions;
  finding: GateFinding;
  who: string;
  what: string;
  where: string;
  body: Part;
}

function card({ options, finding, who, what, where, body }: Card): Markup {
  const { severity } = finding;
  return html`<details class="finding ${severity}"${options.isOpen && html` open`}>
<summary><span class="badge ${severity}">${severity}</span>${statusMarkup(finding)} <h4><b>${who}</b> ${what}</h4> <span class="where">${where}</span></summary>
<div class="body">${ignoredMarkup(finding)}${body}</div>
</details>
`;
}

/** How it compares with the baseline of a gate. */
function statusMarkup({ change, improvement }: GateFinding): Part {
  if (change?.kind === "new") return html` <span class="badge change">new</span>`;
  const { kind, was } = change ?? improvement ?? {};
  if (kind === undefined) return undefined;
  return html` <span class="badge change">${kind.endsWith("severe") ? `was ${was?.severity}` : kind}</span>`;
}

function ignoredMarkup({ ignored }: GateFinding): Part {
  if (ignored === undefined) return undefined;
  const until = ignored.expires === undefined ? "" : ` until ${ignored.expires}`;
  return html`<p><strong class="lead">Ignored</strong> ${ignored.reason}${until}</p>`;
}

function briefly({ from, to }: Finding["region"]): string {
  return from.bits === to.bits ? decimal(from) : `${decimal(from)} to ${decimal(to)}`;
}
