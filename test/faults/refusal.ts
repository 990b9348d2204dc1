import { expect } from "vitest";
import { InputError } from "../../src/inputs/input-error.js";

/** Of one that lists five faults; a screen shows it whole. */
const LONGEST = 3000;

/** What a terminal would obey, or shows in another order; a line end is neither. */
export const NOT_SHOWN = /(?!\n)[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/**
 * The message of an error, which must be for the user who gave a file: short, safe to print, and without a trace of how
 * audit is made. `how` says what was done to the file.
 */
export function refusal(error: unknown, how: string): string {
  if (!(error instanceof InputError)) throw new Error(`A file ${how} crashes audit.`, { cause: error });
  const { message } = error;
  expect(message.length, how).toBeLessThan(LONGEST);
  expect(message, how).not.toMatch(NOT_SHOWN);
  expect(message, how).not.toMatch(
    /\n\s+at |\bat \S+:\d+:\d+|\bundefined\b|\[object |\bRangeError\b|\bTypeError\b/,
  );
  return message;
}
