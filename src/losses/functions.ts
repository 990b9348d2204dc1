import { InputError } from "../inputs/input-error.js";
import type { LossFunction } from "./loss.js";

/** One function, or several: under the names of an object, or in a list under those that they have. */
export type Functions = LossFunction | LossFunction[] | Readonly<Record<string, LossFunction>>;

export interface NamedFunction {
  name: string;
  f: LossFunction;
}

/** A loss that a program handed over as functions, which no other process has. */
export interface FunctionLoss {
  functions: readonly NamedFunction[];
  /** Others that they are held against, which are not audited themselves. */
  comparedWith: readonly NamedFunction[];
}

/** Losses that are functions, by the names that stand for them in a list of losses. */
export type FunctionLosses = Readonly<Record<string, FunctionLoss>>;

const RULE = "a loss is a function (logits, labels) => Tensor";
/** A loss of a function without a name, or of several functions. */
const UNNAMED = "loss";

/** Whether a value is meant as functions: nothing else can be one or hold some. */
export function areFunctions(value: unknown): value is Functions {
  return typeof value === "function" || (typeof value === "object" && value !== null);
}

/**
 * The functions that were handed over, and what to call their loss unless it has a name: as its only function is
 * called. The places are where they stand. Throws an InputError for what is no function of (logits, labels).
 */
export function functionLoss(
  loss: Functions,
  comparedWith: Functions | undefined,
  place: { loss: string; with: string },
): FunctionLoss & { name: string } {
  const functions = namedFunctions(loss, place.loss);
  const others = comparedWith === undefined ? [] : namedFunctions(comparedWith, place.with);
  const names = new Set<string>();
  for (const { name } of [...functions, ...others]) {
    if (names.has(name)) {
      throw new InputError(
        `${place.loss} has two functions that are called "${name}"${others.length > 0 ? ", or one and with another" : ""}. ` +
          "Give them names, as in { first: …, second: … }.",
      );
    }
    names.add(name);
  }
  return { name: functions.length === 1 ? functions[0].name : UNNAMED, functions, comparedWith: others };
}

function namedFunctions(given: Functions, place: string): NamedFunction[] {
  if (typeof given === "function") return [{ name: nameOf(given), f: checked(given, place) }];
  const isList = Array.isArray(given);
  if (!isList && !areFunctions(given)) throw new InputError(`${place} is of type ${typeof given}; ${RULE}.`);
  const found = Object.entries<unknown>(given)
    .filter(([, f]) => isList || typeof f === "function") // a module exports other things, too
    .map(([key, value]) => {
      const f = checked(value, isList ? `${place}[${key}]` : `${place}.${key}`);
      return { name: isList ? nameOf(f) : key, f };
    });
  if (found.length === 0) throw new InputError(`${place} holds no function; ${RULE}.`);
  return found;
}

function checked(f: unknown, place: string): LossFunction {
  if (typeof f !== "function") throw new InputError(`${place} is of type ${typeof f}; ${RULE}.`);
  if (/^class\b/.test(Function.prototype.toString.call(f)))
    throw new InputError(`${place} is a class; ${RULE}.`);
  if (f.length > 2) {
    throw new InputError(
      `${place} needs ${f.length} arguments, but a loss is called with (logits, labels). ` +
        "Give the others default values, or give a function of these two.",
    );
  }
  return f as LossFunction;
}

/** Without what a name of a loss can't hold, such as the blank of a bound function. */
function nameOf({ name }: { name: string }): string {
  return name.replaceAll(/[^\p{L}\p{N}_$-]+/gu, "-") || UNNAMED;
}
