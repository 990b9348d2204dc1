import type { GateFinding } from "../../gate/report.js";
import { labelsText, phrase } from "../findings.js";
import { groups } from "../group.js";
import { isOfSearch } from "../of-search.js";
import { repeatsOf } from "../repeats.js";
import { type CardOptions, groupCard, searchCard } from "./finding-card.js";
import { extentMarkup } from "./finding-parts.js";
import { html, type Markup, type Part } from "./markup.js";

/** Findings that matter as cards, severest first, and the others folded. */
export function findingList(findings: readonly GateFinding[], options: CardOptions): Part {
  const matter = findings.filter(({ severity }) => severity !== "note");
  const swept = matter.filter((finding) => !isOfSearch(finding));
  const isRepeated = repeatsOf(swept);
  return [
    (["error", "warning"] as const).map((severity) => [
      byStatus(swept).flatMap((same) => groups(same, severity).map((group) => groupCard(group, options))),
      matter
        .filter(isOfSearch)
        .filter((finding) => finding.severity === severity)
        .map((finding) =>
          searchCard(finding, { ...options, isOpen: options.isOpen && !isRepeated(finding) }),
        ),
    ]),
    notes(findings.filter(({ severity }) => severity === "note")),
  ];
}

/** Only those that compare alike with a baseline are one defect. */
function byStatus(findings: readonly GateFinding[]): GateFinding[][] {
  const parts = new Map<string, GateFinding[]>();
  for (const finding of findings) {
    const { change, improvement, ignored } = finding;
    const state = change ?? improvement;
    const was = state && "was" in state ? state.was.severity : undefined;
    const key = JSON.stringify([state?.kind, was, ignored]);
    parts.set(key, [...(parts.get(key) ?? []), finding]);
  }
  return [...parts.values()];
}

function notes(findings: readonly GateFinding[]): Markup | undefined {
  if (findings.length === 0) return undefined;
  const lines = groups(findings, "note").flatMap(({ loss, implementations, effects, regions }) =>
    regions.map(
      ({ region, labels, targets }) =>
        html`<tr><th scope="row">${implementations.join(", ")}</th><td>${effects.map(phrase).join(", ")}</td><td>${extentMarkup(region)}</td><td>${labelsText(labels)} on ${targets.join(", ")}</td><td>${loss}</td></tr>`,
    ),
  );
  return html`<details class="notes"><summary><span class="badge note">note</span> ${findings.length} negligible</summary>
<div class="scroll" role="region" aria-label="Notes" tabindex="0"><table><thead><tr><th scope="col">implementation</th><th scope="col">what</th><th scope="col">fails at</th><th scope="col">for</th><th scope="col">loss</th></tr></thead><tbody>${lines}</tbody></table></div></details>`;
}
