import type { Ignore } from "../config/config.js";
import type { Finding } from "../judge/finding.js";

type Named = Pick<Finding, "id" | "loss" | "implementation" | "target" | "quantity" | "kind">;
const KEYS = ["id", "loss", "implementation", "target", "quantity", "kind"] as const;

export interface Ignored {
  reason: string;
  expires?: string;
}

/** The first of the ignores that a finding matches, and which has not expired on a day, as "2027-01-31". */
export function ignoredBy(ignores: readonly Ignore[], finding: Named, today: string): Ignored | undefined {
  const ignore = ignores.find((one) => !isExpired(one, today) && matches(one, finding));
  return ignore && { reason: ignore.reason, ...(ignore.expires && { expires: ignore.expires }) };
}

/**
 * What to say of ignores: which have expired, and, where everything was audited, which match nothing.
 */
export function ignoreWarnings(
  ignores: readonly Ignore[],
  findings: readonly Named[],
  today: string,
  isWhole: boolean,
): string[] {
  return ignores.flatMap((ignore) => {
    const count = findings.filter((finding) => matches(ignore, finding)).length;
    const name = `The ignore of ${describe(ignore)} ("${ignore.reason}")`;
    if (isExpired(ignore, today)) {
      if (count > 0) return `${name} expired after ${ignore.expires}: what it ignored counts again.`;
      return isWhole ? `${name} expired after ${ignore.expires}, and matches nothing: take it out.` : [];
    }
    return count === 0 && isWhole ? `${name} matches nothing: take it out, or correct it.` : [];
  });
}

function matches(ignore: Ignore, finding: Named): boolean {
  return KEYS.every((key) => ignore[key] === undefined || isLike(finding[key], ignore[key]));
}

/** Whether a text is like a pattern, in which `*` stands for any characters. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const [first, ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** An ignore holds through its last day. */
function isExpired({ expires }: Ignore, today: string): boolean {
  return expires !== undefined && expires < today;
}

function describe(ignore: Ignore): string {
  const said = KEYS.flatMap((key) => (ignore[key] === undefined ? [] : `${key} ${ignore[key]}`));
  return said.length === 0 ? "everything" : said.join(", ");
}
