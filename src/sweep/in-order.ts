/** What there is of losses, by their arguments, on targets. */
export interface Parts<P extends { argument: string; target: string; index?: number }> {
  losses: readonly string[];
  targets: readonly string[];
  parts: readonly P[];
}

/** The parts in the order of the losses, then of the targets, whichever was done first. */
export function inOrder<P extends { argument: string; target: string; index?: number }>({
  losses,
  targets,
  parts,
}: Parts<P>): P[] {
  return parts.toSorted(
    (a, b) =>
      losses.indexOf(a.argument) - losses.indexOf(b.argument) ||
      targets.indexOf(a.target) - targets.indexOf(b.target) ||
      (a.index ?? 0) - (b.index ?? 0),
  );
}
