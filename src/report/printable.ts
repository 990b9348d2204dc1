import { visible } from "../inputs/visible.js";
import { truncate } from "./text.js";

/**
 * Text of a user (a name, a path, what was thrown) in one line of at most so many
 * characters, made `visible`. What comes out is allowed in XML 1.0.
 */
export function printable(text: string, longest = Number.POSITIVE_INFINITY): string {
  // The cut may have parted a pair of surrogates.
  return truncate(visible(text), longest).replace(/\p{Cs}/gu, "");
}
