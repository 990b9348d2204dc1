/** A loss, or one implementation of it. */
export interface LossPart {
  loss: string;
  implementation?: string;
}

/** What a gate looks at: of the rest of a baseline it says nothing, and changes nothing. */
export interface Scope {
  /** Undefined: all, also what is not configured any more. */
  losses?: readonly LossPart[];
  /** Those of the configuration that are passed over, since nothing of them has changed. */
  unchanged?: readonly LossPart[];
  /** Undefined: all. */
  targets?: readonly string[];
}

/** One implementation on one target. */
export interface Place {
  loss: string;
  implementation: string;
  target: string;
}

export function isInScope({ losses, unchanged, targets }: Scope, place: Place): boolean {
  const isOf = (part: LossPart) => holds(part, place);
  return (
    (losses === undefined || losses.some(isOf)) &&
    !unchanged?.some(isOf) &&
    (targets === undefined || targets.includes(place.target))
  );
}

/** Whether nothing is left out. */
export function isWhole({ losses, unchanged, targets }: Scope): boolean {
  return losses === undefined && targets === undefined && (unchanged ?? []).length === 0;
}

function holds({ loss, implementation }: LossPart, place: Place): boolean {
  return loss === place.loss && (implementation === undefined || implementation === place.implementation);
}
