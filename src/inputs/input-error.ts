/**
 * Something that the user gave can't be audited. The message says what was
 * given, what is allowed and what to do; it needs no stack.
 */
export class InputError extends Error {
  override name = "InputError";
}
