import type { Kind, Severity } from "../../judge/finding.js";
import { kindTexts } from "../kinds.js";

/** How severe findings of a kind are for the most part; each has a level of its own. */
const usual: Partial<Record<Kind, Severity>> = {
  inaccurate: "warning",
  semantic: "warning",
  formula: "warning",
  divergence: "warning",
  underflow: "note",
  unresolved: "note",
};

/** GitHub's word for a severity. */
const problems: Record<Severity, string> = { error: "error", warning: "warning", note: "recommendation" };

export const kinds = Object.keys(kindTexts) as Kind[];

/** The kinds of findings as rules of SARIF, in the order of `kinds`. */
export const rules = kinds.map((kind) => {
  const { title, meaning, cure, reference } = kindTexts[kind];
  const level = usual[kind] ?? "error";
  return {
    id: kind,
    name: kind.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: meaning },
    help: { text: `${meaning}\n\n${cure}`, markdown: `${meaning}\n\n**Cure:** ${cure}` },
    helpUri: reference,
    defaultConfiguration: { level },
    properties: {
      tags: ["numerical-stability", "correctness"],
      precision: "very-high",
      "problem.severity": problems[level],
    },
  };
});
