import type { AnyReport } from "../any-report.js";
import { subjectOf } from "../errors.js";
import type { AuditError, TargetDescription } from "../report.js";
import { auditedCounts, count } from "../text.js";
import { verdictOf } from "../verdict.js";
import { html, type Markup, type Part } from "./markup.js";

const icons = { "✅": "ok", "⚠️": "warning", "❌": "error", "⛔": "failed" } as const;
const signs = { ok: "✓", warning: "!", error: "✕", failed: "✕" } as const;

/** What comes first: the verdict, the numbers, what could not be audited, and what it ran on. */
export function summarySection(report: AnyReport): Markup {
  const { mark, text } = verdictOf(report);
  const icon = icons[mark];
  return html`<header>
<h1><span class="icon ${icon}" aria-hidden="true">${signs[icon]}</span> ${text}</h1>
<dl class="cards">${cards(report).map(
    ([what, n, className]) =>
      html`<div class="${n > 0 ? className : "none"}"><dt>${what}</dt><dd>${n.toLocaleString("en-US")}</dd></div>`,
  )}</dl>
<p class="audited">${audited(report)}</p>
${notAudited(report.errors)}
${"warnings" in report && report.warnings.length > 0 && html`<section class="box warning" aria-label="Warnings"><h2>Warnings</h2><ul>${report.warnings.map((text) => html`<li>${text}</li>`)}</ul></section>`}
${targetTable(report.targets)}
</header>
`;
}

type NumberCard = readonly [what: string, n: number, className: string];

function cards(report: AnyReport): NumberCard[] {
  const { findings } = report;
  const of = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const found: NumberCard[] = [
    ["errors", of("error"), "error"],
    ["warnings", of("warning"), "warning"],
    ["notes", of("note"), "note"],
  ];
  const rest: NumberCard[] = [
    ["unresolved", report.unresolved, "note"],
    ["not audited", report.errors.length, "error"],
  ];
  if (report.command === "sweep") return [...found, ...rest];
  if (report.command === "fuzz") return [...found, ["cured", report.cured.length, "ok"], ...rest];
  const changed = (kind: string) => report.findings.filter(({ change }) => change?.kind === kind).length;
  return [
    ["new", changed("new"), "error"],
    ["more severe", changed("more-severe"), "error"],
    ["grown", changed("grown"), "error"],
    ["cured", report.cured.length, "ok"],
    ["ignored", report.findings.filter(({ ignored }) => ignored).length, "note"],
    ...found,
    ...rest,
  ];
}

function audited(report: AnyReport): string {
  const parts = [
    ...auditedCounts(report.audited),
    ...("runs" in report && report.runs > 0 ? [count(report.runs, "searched input")] : []),
  ];
  return `${parts.join(", ")}. Seed ${report.seed}, loss-audit ${report.version}.`;
}

/** Never to be overlooked: of this nothing is known. */
function notAudited(errors: readonly AuditError[]): Part {
  if (errors.length === 0) return undefined;
  return html`<section class="box error" aria-label="Not audited"><h2>Not audited</h2><ul>${errors.map(
    ({ message, ...names }) => {
      const what = subjectOf(names);
      return html`<li>${what !== "" && html`<b>${what}</b> `}${message}</li>`;
    },
  )}</ul></section>`;
}

function targetTable(targets: readonly TargetDescription[]): Part {
  if (targets.length === 0) return undefined;
  const rows = targets.map(({ name, device, software, versions }) => {
    const installed = Object.entries(versions).map(([what, version]) => `${what} ${version}`);
    return html`<tr><th scope="row">${name}</th><td>${device}${software && html`<br>a software renderer: a real GPU may give other numbers`}</td><td>${installed.join(", ")}</td></tr>`;
  });
  return html`<div class="scroll" role="region" aria-label="Targets" tabindex="0"><table class="targets"><thead><tr><th scope="col">target</th><th scope="col">device</th><th scope="col">versions</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
