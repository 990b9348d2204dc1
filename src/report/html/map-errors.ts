import type { MapError } from "../report.js";

/** The errors of a picture that look the same, on several targets and of several implementations. */
export interface JoinedError {
  /** Targets by implementation. */
  targets: Map<string, string[]>;
  /** By pixel; null is not known. */
  bits: readonly (number | null)[];
  worst: MapError["worst"];
}

/** Pictures of which no pixel differs by more bits look the same. */
const ALIKE = 2;
/** The worst pixel is marked where it is off by so many bits, or not finite. */
const MARKED = 4;

/** Errors that look the same are shown once. */
export function joinedErrors(errors: readonly MapError[]): JoinedError[] {
  const pictures: JoinedError[] = [];
  for (const { implementation, target, errorBits, worst } of errors) {
    const bits = errorBits.map((x) => (x === null ? null : Number(x)));
    const one = { targets: new Map([[implementation, [target]]]), bits, worst };
    const same = pictures.find((other) => isAlike(one, other));
    if (same) same.targets.set(implementation, [...(same.targets.get(implementation) ?? []), target]);
    else pictures.push(one);
  }
  return pictures;
}

function isAlike(a: JoinedError, b: JoinedError): boolean {
  if (isMarked(a) !== isMarked(b) || (isMarked(a) && a.worst.join() !== b.worst.join())) return false;
  return a.bits.every((x, i) => {
    const y = b.bits[i];
    return Object.is(x, y) || (x !== null && y !== null && Math.abs(x - y) <= ALIKE);
  });
}

/** Whether something is to be seen in it. */
export function isMarked({ bits }: JoinedError): boolean {
  return bits.some((x) => x !== null && !(x < MARKED));
}

/** Implementations on the same targets share the words. */
export function namesOf({ targets }: JoinedError): string {
  const byTargets = new Map<string, string[]>();
  for (const [name, on] of targets) {
    const key = on.join(", ");
    byTargets.set(key, [...(byTargets.get(key) ?? []), name]);
  }
  return [...byTargets].map(([on, names]) => `${names.join(", ")} on ${on}`).join("; ");
}
