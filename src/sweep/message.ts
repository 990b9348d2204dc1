import { formatFloat32, LARGEST } from "../inputs/float32.js";
import type { NumberKind, Quantity } from "../judge/finding.js";
import type { Region } from "./boundaries.js";

export interface MessageFacts {
  kind: NumberKind;
  quantity: Quantity;
  /** Whose value it is, where each sample of the batch has one. */
  sample?: number;
  computed: number;
  /** NaN where the formula is undefined; absent where it is not resolved. */
  exact?: number;
  /** The implementation's own exact result, where it is not the exact loss. */
  own?: number;
  region: Pick<Region, "share" | "mixed">;
  /** What the function threw last. */
  thrown: string;
  /** Why, in one sentence: the first kernel that goes wrong. */
  reason?: string;
}

/** One or two sentences: what happens, and why. */
export function messageOf(facts: MessageFacts): string {
  const { share, mixed: part } = facts.region;
  const where = part
    ? `between ${formatFloat32(part.from)} and ${formatFloat32(part.to)}, ${percent(part.share)} of the floats fail`
    : `${percent(share)} of the floats in the region fail`;
  const mixed = share < 1 ? ` Mixed: ${where}, the others do not.` : "";
  const reason = facts.reason ? ` ${facts.reason}` : "";
  const isOpen = facts.exact === undefined && (facts.kind === "nan" || facts.kind === "overflow");
  return `${ofSample(isOpen ? open(facts) : what(facts), facts.sample)}${reason}${mixed}`;
}

function ofSample(text: string, sample: number | undefined): string {
  return sample === undefined ? text : `In sample ${sample}, ${text[0].toLowerCase()}${text.slice(1)}`;
}

function open({ quantity, computed }: MessageFacts): string {
  return `The ${quantity} is ${formatFloat32(computed)}; no precision up to the cap resolves the exact one.`;
}

function what({ kind, quantity, computed, exact = Number.NaN, own, thrown }: MessageFacts): string {
  const is = formatFloat32(Math.fround(computed));
  const should = Number.isNaN(exact) ? "undefined" : digits(exact);
  const mine = own === undefined ? "" : digits(own);
  switch (kind) {
    case "nan":
      return Number.isNaN(exact)
        ? `The ${quantity} is NaN: the formula itself is undefined here.`
        : `The ${quantity} is NaN where it is ${should}.`;
    case "overflow":
      return Number.isFinite(exact)
        ? `The ${quantity} is ${is} where it is ${should}${Math.abs(exact) > LARGEST ? ", more than float32 holds" : ""}.`
        : `The ${quantity} is ${is}: the formula itself has no finite value here.`;
    case "underflow":
      return `The ${quantity} is 0 where it is ${should}.`;
    case "dead-gradient":
      return own === undefined
        ? `The gradient is 0 where it is ${should}: nothing is learned here.`
        : `The gradient is 0 where that of the loss is ${should}: this implementation is another function, flat here.`;
    case "wrong-sign":
      return `The ${quantity} has the wrong sign: ${is} where it is ${should}.`;
    case "inaccurate":
      return `The ${quantity} is ${is} where it is ${should}.`;
    case "semantic":
      return `Another function: run exactly, this implementation gives the ${quantity} ${mine} where the loss is ${should}.`;
    case "formula":
      return `The gradient that autodiff writes is ${mine}, run exactly, where the true derivative is ${should}.`;
    case "throws":
      return `The ${quantity} throws: ${thrown}${/[.!?]$/.test(thrown) ? "" : "."}`;
    case "unresolved":
      return `No precision up to the cap encloses the exact ${quantity} narrowly enough to judge ${is}.`;
  }
}

/** Six significant digits, without the zeros at their end. */
function digits(x: number): string {
  return String(Number(x.toPrecision(6)));
}

function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return text === "100.0" ? "over 99.9 %" : text === "0.0" ? "under 0.1 %" : `${text} %`;
}
