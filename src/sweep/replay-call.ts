import type { AuditedLoss } from "../audit/subject.js";

/**
 * What a program writes to see what `audit explain` shows with these flags, of functions that only it has:
 * `explain({ loss: naive, at: 17.4, label: 0, target: "cpu" })`.
 */
export function replayCall(
  { functions, comparedWith }: NonNullable<AuditedLoss["handedOver"]>,
  flags: readonly string[],
): string {
  const keys = [
    `loss: ${functions.length === 1 ? functions[0] : objectOf(functions)}`,
    ...(comparedWith.length > 0 ? [`with: ${objectOf(comparedWith)}`] : []),
    ...flags.map(keyOf),
  ];
  return `explain({ ${keys.join(", ")} })`;
}

function objectOf(names: readonly string[]): string {
  return `{ ${names.join(", ")} }`;
}

/** `--index=0,3` and `--index 0,3` as `index: [0, 3]`. */
function keyOf(flag: string): string {
  const [, name, value] = flag.match(/^--([\w-]+)[= ](.*)$/s) as unknown as [string, string, string];
  return `${/^\w+$/.test(name) ? name : `"${name}"`}: ${literal(value)}`;
}

function literal(value: string): string {
  const parts = value.split(/[,:x]/);
  if (parts.every(isNumber)) return parts.length === 1 ? value : `[${parts.join(", ")}]`;
  const unquoted = /^'.*'$/s.test(value) ? value.slice(1, -1).replaceAll(`'\\''`, "'") : value;
  return JSON.stringify(unquoted);
}

function isNumber(text: string): boolean {
  return text !== "" && !Number.isNaN(Number(text));
}
