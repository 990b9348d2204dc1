import type { Terminal } from "../cli/colour.js";
import { visible } from "../inputs/visible.js";
import type { Finding, Kind } from "../judge/finding.js";
import { type Group, groups } from "./group.js";
import { fromJsonNumber } from "./json.js";
import { severityColour } from "./severity.js";
import { decimal, decimalAndBits, isCommand, nineDigits, subjectText, twoDigits, wrap } from "./text.js";

/** What is said about the value or the gradient. */
const phrases: Record<Kind, string> = {
  overflow: "overflows",
  nan: "is NaN",
  underflow: "underflows",
  inaccurate: "is inaccurate",
  "dead-gradient": "is dead",
  "wrong-sign": "has the wrong sign",
  throws: "throws",
  unresolved: "is unresolved",
  semantic: "is that of another function",
  formula: "is not the derivative of the value",
  divergence: "parts from that of another implementation",
  training: "ends a training run",
};

export function phrase({ quantity, kind }: Pick<Finding, "quantity" | "kind">): string {
  return `the ${quantity} ${phrases[kind]}`;
}

function title({ loss, implementations, effects }: Group): string {
  return `${subjectText(loss, implementations)}: ${effects.map(phrase).join(", ")}`;
}

export function extent({ from, to, share, mixed }: Finding["region"]): string {
  const ends =
    from.bits === to.bits ? decimalAndBits(from) : `${decimalAndBits(from)} to ${decimalAndBits(to)}`;
  if (mixed) {
    const where =
      mixed.from.bits === from.bits ? `up to ${decimal(mixed.to)}` : `from ${decimal(mixed.from)} on`;
    return `${ends}, ${twoDigits(mixed.share * 100)} % ${where}`;
  }
  return share < 1 ? `${ends}, ${twoDigits(share * 100)} %` : ends;
}

/** Labels that are numbers, or begin with one, are values of z; others are names of maps. */
export function labelsText(labels: string[]): string {
  const isNumber = (label: string) => /^-?[\d.]/.test(label);
  const numbers = labels.filter(isNumber);
  const maps = labels.filter((label) => !isNumber(label));
  return [numbers.length > 0 && `z = ${numbers.join(", ")}`, maps.length > 0 && `map ${maps.join(", ")}`]
    .filter(Boolean)
    .join(", ");
}

function where({ regions }: Group, columns: number): string[] {
  const extents = regions.map(({ region }) => extent(region));
  const widest = Math.max(...extents.map((text) => text.length));
  return regions.map(({ labels, targets, isOnly }, i) =>
    wrap(
      `${labelsText(labels)} on ${targets.join(", ")}${isOnly ? " only" : ""}`,
      columns,
      `  ${extents[i].padEnd(widest)}  `,
      "      ",
    ),
  );
}

/** What happens at the worst points, those of value and gradient together where they are the same. */
function worst({ effects }: Group, columns: number): string[] {
  const points = new Map<string, string[]>();
  for (const { worst, target, message } of effects) {
    const pixel = worst.index === undefined ? "" : `, pixel [${worst.index.join(", ")}]`;
    const point = `At x = ${decimal(worst.input)}, z = ${nineDigits(worst.label)}${pixel} on ${target}`;
    const ulps = Number.isFinite(fromJsonNumber(worst.ulps)) ? `${twoDigits(worst.ulps)} ulps off. ` : "";
    points.set(point, [...(points.get(point) ?? []), ulps + message]);
  }
  return [...points].map(([point, texts]) => wrap(`${point}: ${texts.join(" ")}`, columns, "  "));
}

/** Words of a shell: in each, what is in quotes or behind a backslash belongs together. */
const WORDS = /(?:'[^']*'|\\.|[^\s'\\])+/g;

/** A command, parted between its words so that a shell still takes it when copied; or a call, which no shell takes. */
export function command(text: string, columns: number): string {
  if (!isCommand(text)) {
    return wrap(text.replace(/ \}\)$/, "\u00a0})"), columns, "  ", "      ").replace("\u00a0", " ");
  }
  const [name, ...words] = text.match(WORDS) ?? [];
  const lines = [`  $ ${name}`];
  for (const word of words.map(visible)) {
    const line = `${lines[lines.length - 1]} ${word}`;
    if (line.length <= columns - 2) lines[lines.length - 1] = line;
    else lines.push(`      ${word}`);
  }
  return lines.join(" \\\n");
}

/** Findings that matter, in full. */
function block(group: Group, severity: "error" | "warning", { columns, colour }: Terminal): string {
  return [
    wrap(title(group), columns, `${severity}  `, "  ").replace(severity, severityColour(severity, colour)),
    ...where(group, columns),
    ...worst(group, columns),
    colour.cyan(command(group.effects[0].replay, columns)),
    "",
    "",
  ].join("\n");
}

/** What is negligible, in short: for each loss and kind the implementations that have it. */
export function notes(findings: readonly Finding[], { columns, colour }: Terminal): string {
  const lines = new Map<string, string[]>();
  for (const finding of findings.filter((f) => f.severity === "note")) {
    const about = `${finding.loss}: ${phrase(finding)} in`;
    lines.set(about, [...new Set([...(lines.get(about) ?? []), finding.implementation])]);
  }
  if (lines.size === 0) return "";
  const text = [...lines]
    .map(
      ([about, implementations]) =>
        `${wrap(`${about} ${implementations.join(", ")}`, columns, "note  ", "      ")}\n`,
    )
    .map((line) => line.replace("note", severityColour("note", colour)))
    .join("");
  return `${text}      Notes are negligible. With --json each has its region and its command.\n`;
}

/** All findings, worst first: errors and warnings in full, a line for the notes of a kind. */
export function findingsText(findings: readonly Finding[], terminal: Terminal): string {
  const blocks = (["error", "warning"] as const).flatMap((severity) =>
    groups(findings, severity).map((group) => block(group, severity, terminal)),
  );
  return blocks.join("") + notes(findings, terminal);
}
