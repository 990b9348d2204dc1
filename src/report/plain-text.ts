import { Chalk } from "chalk";
import type { AnyReport } from "./any-report.js";
import { fuzzEndText, fuzzFindingText } from "./fuzz-text.js";
import { gateText } from "./gate-text.js";
import { prettyReport } from "./pretty.js";

const PLAIN = { columns: 80, colour: new Chalk({ level: 0 }) };

/** What a command prints on a terminal of 80 columns, without colour. */
export function plainText(report: AnyReport): string {
  if (report.command === "gate") return gateText(report, PLAIN, { quiet: false });
  if (report.command === "sweep") {
    const pretty = prettyReport(PLAIN, { quiet: false });
    return report.losses.map((loss) => pretty.loss(loss)).join("") + pretty.end(report);
  }
  const findings = report.findings.filter(({ severity }) => severity !== "note");
  const end = fuzzEndText(report, PLAIN, { quiet: false, isReplay: report.runs === 0 });
  return findings.map((finding) => fuzzFindingText(finding, PLAIN)).join("") + end;
}
