import type { Terminal } from "../cli/colour.js";
import type { Finding, Kind } from "../judge/finding.js";
import { type Group, groups } from "./group.js";
import { fromJsonNumber } from "./json.js";
import { severityColour } from "./severity.js";
import { decimal, decimalAndBits, nineDigits, twoDigits, wrap } from "./text.js";

/** What the finding says about the value or the gradient. */
const phrases: Record<Kind, string> = {
  overflow: "overflows",
  nan: "is NaN",
  underflow: "underflows",
  inaccurate: "is inaccurate",
  "dead-gradient": "is dead",
  "wrong-sign": "has the wrong sign",
  throws: "throws",
  unresolved: "is unresolved",
  semantic: "is of another function",
  formula: "is not the derivative of the value",
};

function title({ loss, implementation, quantity, kind }: Finding): string {
  return `${loss} ${implementation}: the ${quantity} ${phrases[kind]}`;
}

function ends({ from, to }: Finding["region"]): string {
  if (from.bits === to.bits) return `at ${decimalAndBits(from)}`;
  return `${decimalAndBits(from)} to ${decimalAndBits(to)}`;
}

function share({ share }: Finding["region"]): string {
  return share < 1 ? `, ${twoDigits(share * 100)} % fail` : "";
}

function where({ regions }: Group, columns: number): string[] {
  const lines = regions.map(({ targets, finding }) => ({
    targets: targets.join(", "),
    label: `z = ${finding.region.label}`,
    region: ends(finding.region) + share(finding.region),
  }));
  const widest = (key: "targets" | "label") => Math.max(...lines.map((line) => line[key].length));
  return lines.map(({ targets, label, region }) => {
    const head = `  ${targets.padEnd(widest("targets"))}  ${label.padEnd(widest("label"))}  `;
    return wrap(region, columns, head, " ".repeat(head.length));
  });
}

/** The worst point and what happens there. */
function worst({ worst, target, message }: Finding): string {
  const off = Number.isFinite(fromJsonNumber(worst.ulps)) ? ` (${twoDigits(worst.ulps)} ulps off)` : "";
  const pixel = worst.index === undefined ? "" : `, pixel [${worst.index.join(", ")}]`;
  return `At x = ${decimal(worst.input)}, z = ${nineDigits(worst.label)}${pixel} on ${target}${off}: ${message}`;
}

/** A command, parted before its flags so that a shell still takes it when copied. */
function command(text: string, columns: number): string {
  const words = text.replaceAll(" --", "\u0000--").replaceAll(/(\0--\S+) /g, "$1\u00a0");
  return wrap(words.replaceAll("\0", " "), columns - 2, "  $ ", "      ")
    .replaceAll("\n", " \\\n")
    .replaceAll("\u00a0", " ");
}

/** A finding that matters, in full. */
function block(group: Group, { columns, colour }: Terminal): string {
  const { first } = group;
  return [
    wrap(title(first), columns, `${first.severity}  `, "  ").replace(first.severity, (word) =>
      severityColour(word as Finding["severity"], colour),
    ),
    ...where(group, columns),
    wrap(worst(first), columns, "  "),
    colour.cyan(command(first.replay, columns)),
    "",
  ].join("\n");
}

/** A finding of something negligible, in short. */
function line({ first, regions }: Group, { columns, colour }: Terminal): string {
  const targets = [...new Set(regions.flatMap((region) => region.targets))].join(", ");
  const text = `${title(first)} (${targets}, worst at x = ${decimal(first.worst.input)})`;
  return wrap(text, columns, "note  ", "      ").replace("note", severityColour("note", colour));
}

/** All findings, worst first: errors and warnings in full, a line for each note. */
export function findingsText(findings: readonly Finding[], terminal: Terminal): string {
  return [
    ...groups(findings, "error").map((group) => `${block(group, terminal)}\n`),
    ...groups(findings, "warning").map((group) => `${block(group, terminal)}\n`),
    ...groups(findings, "note").map((group) => `${line(group, terminal)}\n`),
  ].join("");
}
