/**
 * The edit distance of Damerau and Levenshtein in its optimal string alignment
 * form: insertions, deletions, substitutions and swaps of neighbours cost 1.
 */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  for (let j = 1; j <= b.length; j++) rows[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const substitution = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
  }
  return rows[a.length][b.length];
}

/** The known name nearest to `given`, or undefined when none is near enough to be a slip of it. */
export function nearest(given: string, known: readonly string[]): string | undefined {
  const typed = given.toLowerCase();
  const most = Math.max(1, Math.floor(typed.length / 3));
  const ranked = known
    // Of others the lengths alone differ by more; and a text of megabytes is no slip.
    .filter((name) => Math.abs(name.length - typed.length) <= most)
    .map((name) => ({ name, edits: distance(typed, name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  if (best !== undefined && best.edits <= most) return best.name;
  // Half a name is no slip, but as clear: `sigmoid` for `sigmoid-cross-entropy`.
  const longer = known.filter((name) => typed.length >= 3 && name.toLowerCase().startsWith(typed));
  return longer.length === 1 ? longer[0] : undefined;
}

/** `Did you mean "x"? ` or nothing, to stand before the list of what is allowed. */
export function didYouMean(given: string, known: readonly string[]): string {
  const name = nearest(given, known);
  return name === undefined ? "" : `Did you mean "${name}"? `;
}
