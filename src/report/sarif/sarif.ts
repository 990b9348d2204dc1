import { gzipSync } from "node:zlib";
import { type Finding, severestFirst } from "../../judge/finding.js";
import { version } from "../../version.js";
import type { AnyReport } from "../any-report.js";
import { jsonText } from "../json.js";
import { invocationOf } from "./invocation.js";
import { resultOf } from "./results.js";
import { rules } from "./rules.js";

export interface SarifLimits {
  results: number;
  /** Bytes of the file, packed by gzip. */
  bytes: number;
}

/** What GitHub takes in one run and in one upload. */
const GITHUB: SarifLimits = { results: 25_000, bytes: 10_000_000 };

/**
 * SARIF 2.1.0, for GitHub code scanning and other viewers: a finding is a result
 * at the line to blame, with paths from the repository's folder (`root` is that of
 * the project in it). What is more than `limits` is left out by severity, and told.
 * What is cured is no result of state `absent`, which GitHub would show as a
 * finding: it is told in a notification.
 */
export function sarifReport(report: AnyReport, root = "", limits = GITHUB): string {
  const findings: Finding[] = [...report.findings].sort(severestFirst);
  const results = findings.slice(0, limits.results).map((finding) => resultOf(finding, report.command, root));
  for (;;) {
    const text = jsonText(logOf(report, results, findings.length - results.length));
    if (results.length === 0 || gzipSync(text).length <= limits.bytes) return text;
    results.length = Math.floor(results.length / 2);
  }
}

function logOf(report: AnyReport, results: readonly ReturnType<typeof resultOf>[], leftOut: number) {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "loss-audit", version, semanticVersion: version, rules } },
        automationDetails: { id: `loss-audit/${report.command}/` },
        invocations: [invocationOf(report, leftOut)],
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder of the repository." } } },
        columnKind: "utf16CodeUnits",
        properties: { seed: report.seed, audited: report.audited },
        results,
      },
    ],
  };
}
