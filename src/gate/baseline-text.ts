import { formatFloat32, fromBits } from "../inputs/float32.js";
import type { Float } from "../judge/finding.js";
import { type Baseline, type BaselineFinding, SCHEMA } from "./baseline.js";

/**
 * The file of a baseline: sorted, one thing a line, and nothing in it that differs from run to run, so that a diff of it
 * is what has changed, and two changes rarely meet in one line.
 */
export function baselineText({
  version,
  seed,
  platform,
  targets,
  dependencies,
  inputs,
  audited,
  findings,
}: Baseline): string {
  return [
    "{",
    `  "schema": ${SCHEMA},`,
    `  "version": ${JSON.stringify(version)},`,
    `  "seed": ${seed},`,
    `  "platform": ${JSON.stringify(platform)},`,
    `  "targets": ${block(entries(targets, ({ backend, device, versions }) => line({ backend, device, versions: sorted(versions) })))},`,
    `  "dependencies": ${block(entries(dependencies, line))},`,
    `  "inputs": ${block(entries(inputs, line))},`,
    `  "audited": ${block(entries(audited, ({ sweep, search }) => line({ sweep: inOrder(sweep), search: inOrder(search) })))},`,
    `  "findings": ${list([...findings].sort((a, b) => compareText(a.id, b.id)).map(findingText))}`,
    "}",
    "",
  ].join("\n");
}

function findingText({ id, severity, from, to }: BaselineFinding): string {
  const fields = [
    `"id": ${JSON.stringify(id)}`,
    `"severity": "${severity}"`,
    ...(from ? [`"from": ${floatText(from)}`] : []),
    ...(to ? [`"to": ${floatText(to)}`] : []),
  ];
  return `{\n${fields.map((field) => `      ${field}`).join(",\n")}\n    }`;
}

/** In its shortest decimal, which is a number in JSON but for ±Infinity and -0. */
function floatText({ bits }: Float): string {
  const x = fromBits(bits);
  const isNumber = Number.isFinite(x) && !Object.is(x, -0);
  const value = formatFloat32(x);
  return `{ "value": ${isNumber ? value : JSON.stringify(Object.is(x, -0) ? "-0" : String(x))}, "bits": "${bits}" }`;
}

/** A value in one line, with blanks where people write them. */
function line(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(line).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${line(one)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function entries<T>(record: Readonly<Record<string, T>>, text: (value: T) => string): string[] {
  return Object.entries(sorted(record)).map(([name, value]) => `${JSON.stringify(name)}: ${text(value)}`);
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? "{}" : `{\n${lines.map((one) => `    ${one}`).join(",\n")}\n  }`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? "[]" : `[\n${items.map((one) => `    ${one}`).join(",\n")}\n  ]`;
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => compareText(a, b)));
}

function inOrder(texts: readonly string[]): string[] {
  return [...texts].sort(compareText);
}

/** By code units: the same everywhere, which the order of a language is not. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
