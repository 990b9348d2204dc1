import type { Terminal } from "../cli/colour.js";
import type { Comparison, ExplainedPoint, ExplainReport } from "../explain/report.js";
import { errorsText } from "./errors.js";
import { exactText, scientific } from "./explain-exact.js";
import { KERNELS_LEGEND, kernelsText } from "./explain-kernels.js";
import { severityColour } from "./severity.js";
import { softwareText } from "./summary.js";
import { decimal, decimalAndBits, nineDigits, twoDigits, wrap } from "./text.js";

/** Every point with its numbers, its kernels and the reason, then what could not be explained. */
export function explainText(report: ExplainReport, terminal: Terminal): string {
  const { columns, colour } = terminal;
  const { target } = report;
  const sections = report.points.map((point) => pointText(point, target?.name ?? "", terminal));
  if (report.points.some(({ kernels }) => kernels.length > 0)) {
    sections.push(colour.dim(wrap(KERNELS_LEGEND, columns)));
  }
  const software = softwareText(target ? [target] : []);
  if (software) sections.push(colour.dim(wrap(software, columns)));
  sections.push(...report.warnings.map((warning) => wrap(warning, columns, "warning  ", "  ")));
  if (report.errors.length > 0) sections.push(errorsText(report.errors, terminal).trimEnd());
  if (report.interrupted) sections.push("Interrupted: this is what was done.");
  return `${sections.join("\n\n")}\n`;
}

function pointText(point: ExplainedPoint, target: string, terminal: Terminal): string {
  const { columns, colour } = terminal;
  const said = new Set(point.reasons.map(({ reason }) => reason));
  const notes = [...new Set([point.value.note, point.gradient.note, ...point.notes])].filter(
    (note): note is string => note !== undefined && !said.has(note),
  );
  return [
    colour.bold(wrap(title(point, target), columns, "", "  ")),
    "",
    numbersText(point, terminal),
    ...(point.kernels.length > 0 ? ["", kernelsText(point, terminal)] : []),
    ...(point.reasons.length + notes.length > 0 ? [""] : []),
    ...reasonsOf(point).map(([what, reason]) =>
      wrap(reason, columns, `${what}  `, " ".repeat(what.length + 2)),
    ),
    ...notes.map((note) => wrap(note, columns, "note  ", "      ")),
  ].join("\n");
}

/** The value and its gradient often go wrong in the same place, for the same reason. */
function reasonsOf({ reasons }: ExplainedPoint): [what: string, reason: string][] {
  const [value, gradient] = [
    reasons.find((r) => r.quantity === "value"),
    reasons.find((r) => r.quantity === "gradient"),
  ];
  if (value && gradient && value.reason === gradient.reason) return [["why", value.reason]];
  return reasons.map(({ quantity, reason }) => [`why ${quantity}`.padEnd(12), reason]);
}

function title({ loss, implementation, input, label, index, map }: ExplainedPoint, target: string): string {
  const pixel = index ? ` [${index.join(", ")}] of ${map ?? "the map"},` : "";
  return `${loss}#${implementation} on ${target} at${pixel} x = ${decimalAndBits(input)}, label ${nineDigits(label)}`;
}

function numbersText({ value, gradient, gradients }: ExplainedPoint, { colour }: Terminal): string {
  const lines: [name: string, comparison: Comparison][] = [["value", value]];
  if (gradients) lines.push(...gradients.map((one, i): [string, Comparison] => [`gradient[${i}]`, one]));
  else lines.push(["gradient", gradient]);
  const rows = lines.map(([name, comparison]) => [
    name,
    comparison.computed ? scientific(decimal(comparison.computed)) : "–",
    exactText(comparison.exact, comparison.enclosure),
    comparison.computed ? twoDigits(comparison.ulps) : "–",
  ]);
  const head = ["", "computed", "exact", "ulps"];
  const widths = head.map((text, i) => Math.max(text.length, ...rows.map((row) => row[i].length)));
  const text = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
  const verdict = ({ verdict, severity }: Comparison) =>
    severity ? `${severityColour(severity, colour)}: ${verdict}` : severityColour("ok", colour);
  return [colour.dim(text(head)), ...rows.map((row, i) => `${text(row)}  ${verdict(lines[i][1])}`)].join(
    "\n",
  );
}
