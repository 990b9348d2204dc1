import { visible } from "./visible.js";

/** Of a line; what quotes a file or a flag in full may hold megabytes. */
const LONGEST = 2000;

/**
 * Something that the user gave can't be audited. The message says what was
 * given, what is allowed and what to do; it needs no stack. Whatever was given,
 * it can be printed: its lines lose their middle where they are long, and a
 * terminal obeys nothing in them.
 */
export class InputError extends Error {
  override name = "InputError";

  constructor(message: string) {
    super(message.split("\n").map(shown).join("\n"));
  }
}

function shown(line: string): string {
  const half = LONGEST / 2;
  return visible(line.length <= LONGEST ? line : `${line.slice(0, half)}…${line.slice(-half)}`);
}
