import { parseFloat32 } from "../inputs/float32.js";
import { InputError } from "../inputs/input-error.js";
import { targetNames } from "../targets/names.js";
import { didYouMean } from "./did-you-mean.js";

/** Readers of the values of flags. Each throws an InputError that names the flag, the value and the rule. */

function refuse(flag: string, given: string, rule: string): never {
  throw new InputError(`--${flag} takes ${rule}, but "${given}" was given.`);
}

/** The items of `a,b,c`, without the blanks around them. */
export function list(flag: string, text: string, rule: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.includes("")) refuse(flag, text, rule);
  return [...new Set(items)];
}

/** A whole number in decimal. */
export function wholeNumber(flag: string, text: string, low: number, high: number, more = ""): number {
  const n = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(n >= low && n <= high)) {
    refuse(flag, text, `a whole number from ${low} to ${high.toLocaleString("en-US")}${more}`);
  }
  return n;
}

/** A decimal number, such as 30, 0.5 or 1e-4. */
export function decimal(flag: string, text: string, low: number, high: number, more = ""): number {
  const n = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(n >= low && n <= high))
    refuse(flag, text, `a number from ${low} to ${high.toLocaleString("en-US")}${more}`);
  return n;
}

/** A finite float32, in decimal or as its bits. */
export function float32(flag: string, text: string): number {
  let x: number;
  try {
    x = parseFloat32(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`--${flag}: ${error.message}`);
  }
  if (!Number.isFinite(x)) {
    refuse(flag, text, "finite float32 numbers, in decimal or as bits like 0x418b3333");
  }
  return x;
}

/** Two finite float32 numbers, the smaller one first. */
export function range(flag: string, text: string, example: string): [number, number] {
  const ends = text.split(",");
  if (ends.length !== 2) {
    throw new InputError(
      `--${flag} takes LOW,HIGH with a comma and no blank, such as ${example}, but "${text}" was given.`,
    );
  }
  const [low, high] = ends.map((end) => float32(flag, end));
  if (low === high) {
    throw new InputError(
      `--${flag} ${text} holds one number only: both ends are the float32 ${low}. Give LOW below HIGH, ` +
        `or take one point apart with audit explain LOSS --at ${low}.`,
    );
  }
  if (low > high) {
    throw new InputError(
      `--${flag} ${text} is reversed: LOW must be below HIGH. Give --${flag} ${ends[1].trim()},${ends[0].trim()}.`,
    );
  }
  return [low, high];
}

/** One of the known words. */
export function choice<const T extends string>(flag: string, text: string, known: readonly T[]): T {
  const word = known.find((name) => name === text.trim());
  if (word === undefined) {
    throw new InputError(
      `--${flag} does not know "${text}". ${didYouMean(text, known)}It knows ${known.join(", ")}.`,
    );
  }
  return word;
}

/** Seconds that one step of a loss may take. */
export function timeout(text: string): number {
  const seconds = decimal("timeout", text, 0, 86_400, " seconds");
  if (seconds === 0)
    throw new InputError("--timeout 0 would stop every loss before it starts. Give seconds, such as 30.");
  return seconds;
}

/** What counts as accurate enough. */
export function tolerance(flag: "rtol" | "atol", text: string): number {
  return flag === "rtol"
    ? decimal("rtol", text, 0, 1, ", such as 1e-4")
    : decimal("atol", text, 0, 3.4e38, ", such as 1e-6");
}

/** Names of targets, `all` or `auto`. */
export function targets(text: string): string[] {
  const names = list("target", text, "names separated by commas, such as cpu,wasm");
  return names.map((name) => choice("target", name, [...targetNames, "all", "auto"]));
}
