import { createHash } from "node:crypto";
import type { GateFinding } from "../../gate/report.js";
import type { AnyReport } from "../any-report.js";
import { verdictOf } from "../verdict.js";
import { curedList, gateSection, isChanged } from "./gate-section.js";
import { lossNavigation, lossParts, lossSection } from "./loss-section.js";
import { html, Markup } from "./markup.js";
import { script } from "./script.js";
import { Sources } from "./sources.js";
import { style } from "./style.js";
import { summarySection } from "./summary.js";

/** A report with at most so many findings shows all of them open. */
const MOST_OPEN = 6;

/**
 * A report as one page that needs nothing else: no network, no other file. `folder` is that of the project, as typed,
 * where the source lines of findings are read. Whatever names, messages and source lines hold, it is shown as text.
 */
export async function htmlReport(report: AnyReport, folder?: string): Promise<string> {
  const findings: readonly GateFinding[] = report.findings;
  const isGate = report.command === "gate";
  const losses = lossParts(
    "losses" in report ? report.losses : [],
    findings,
    (finding) => !isGate || !isChanged(finding),
  );
  const sources = new Sources(folder);
  const matter = findings.filter(({ severity }) => severity !== "note");
  const cards = { sources, isOpen: !isGate && matter.length <= MOST_OPEN, namesLoss: false };
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '${hash(style)}'; script-src '${hash(script)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${verdictOf(report).text}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the losses</a>
${summarySection(report)}
<main id="main" tabindex="-1">
${report.command === "gate" && gateSection(report, { sources })}
${report.command === "fuzz" && report.cured.length > 0 && html`<section aria-labelledby="cured-title"><h2 id="cured-title">The corpus</h2>${curedList(report.cured)}</section>`}
${lossNavigation(losses)}
${losses.map((loss) => lossSection(loss, cards))}
${losses.length === 0 && html`<p>Nothing was audited.</p>`}
</main>
<p class="unseen" role="status"></p>
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return page.text;
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
