import { type Enclosure, relativeWidth } from "../arithmetic/enclosure.js";
import { IntervalArithmetic } from "../arithmetic/interval.js";
import { loadMpfr } from "../arithmetic/mpfr.js";
import { UnknownKernelError } from "../evaluate/interpret.js";
import type { ExactFunction, ExactPoint } from "./exact-function.js";

/** The precisions of the exact tier, in bits. Naive cross entropy at x = 1e4 needs 14,428 of them. */
export const PRECISIONS = [128, 256, 512, 1024, 2048, 4096, 8192, 16384] as const;

/**
 * Larger maps take minutes in MPFR as a whole: they are evaluated in balls
 * alone, and what these leave open stays unresolved.
 */
export const MPFR_PIXELS = 4096;

/** The exact tier's arithmetics, one for each precision, made when first needed. */
export class Precisions {
  readonly #make: (bits: number) => IntervalArithmetic;
  readonly #made = new Map<number, IntervalArithmetic>();

  constructor(make: (bits: number) => IntervalArithmetic) {
    this.#make = make;
  }

  at(bits: number): IntervalArithmetic {
    const arithmetic = this.#made.get(bits) ?? this.#make(bits);
    this.#made.set(bits, arithmetic);
    return arithmetic;
  }
}

/** MPFR at every precision. */
export async function loadPrecisions(): Promise<Precisions> {
  const mpfr = await loadMpfr();
  return new Precisions((bits) => new IntervalArithmetic(mpfr, bits));
}

/**
 * The exact value and true derivative of a loss, from whichever of its
 * implementations resolves first: a naive formula is not rescued by precision
 * alone. More bits are taken until `settled` says that the enclosures decide.
 * `components` are the logits whose derivative is wanted; all by default.
 */
export function resolve(
  references: readonly ExactFunction[],
  precisions: Precisions,
  logits: Float32Array,
  labels: Float32Array,
  settled: (point: ExactPoint) => boolean,
  components?: readonly number[],
): Resolved {
  const all = candidates(references, precisions, logits, labels, components);
  return firstSettled(all, logits.length, settled);
}

/** Exact numbers of a point, from one implementation at one precision. */
export interface Candidate {
  point: ExactPoint;
  bits: number;
}

export interface Resolved extends Candidate {
  /** Whether they decide. */
  settled: boolean;
}

/** What `resolve` looks at, one after the other. */
export function* candidates(
  references: readonly ExactFunction[],
  precisions: Precisions,
  logits: Float32Array,
  labels: Float32Array,
  components?: readonly number[],
): Generator<Candidate> {
  for (const bits of PRECISIONS) {
    let isThere = false;
    for (const reference of references) {
      const point = run(reference, precisions.at(bits), logits, labels, components);
      if (!point) continue;
      isThere = true;
      yield { point, bits };
    }
    if (!isThere) return; // none of them has a value here
  }
}

/** The first candidate for a point of so many logits that decides; where none does, the first of the most bits. */
export function firstSettled(
  all: Iterable<Candidate>,
  logits: number,
  settled: (point: ExactPoint) => boolean,
): Resolved {
  let last: Candidate = { point: nothingKnown(logits), bits: 0 };
  for (const candidate of all) {
    const { point, bits } = candidate;
    if (settled(point)) return { point, bits, settled: true };
    if ([point.value, ...point.gradient].every(isFinal)) return { point, bits, settled: false };
    if (last.bits < bits) last = candidate;
  }
  return { ...last, settled: false };
}

/** As narrow as an enclosure by float64 numbers gets: more bits change nothing. */
function isFinal(enclosure: Enclosure): boolean {
  return enclosure.defined === "no" || relativeWidth(enclosure) <= 2 ** -52;
}

/** Undefined where the function throws: it has no value there. */
function run(
  reference: ExactFunction,
  arithmetic: IntervalArithmetic,
  logits: Float32Array,
  labels: Float32Array,
  components: readonly number[] | undefined,
): ExactPoint | undefined {
  try {
    return reference.exact(arithmetic, logits, labels, components);
  } catch (error) {
    if (error instanceof UnknownKernelError) throw error;
    return undefined;
  }
}

/** An enclosure of anything, for each of so many logits. */
export function nothingKnown(logits: number): ExactPoint {
  const open: Enclosure = { lo: -Infinity, hi: Infinity, defined: "unknown" };
  return { value: open, gradient: Array.from({ length: logits }, () => open), kink: false };
}
