/** A number in few digits: enough to see how it differs from another. */
export function shortNumber(x: number): string {
  if (!Number.isFinite(x)) return String(x);
  return String(Number(x.toPrecision(3)));
}

/** One sentence: what happens, and what to write instead. */
export function sentence(what: string, cure: string | undefined): string {
  return cure === undefined ? `${what}.` : `${what}; better: ${cure}.`;
}
