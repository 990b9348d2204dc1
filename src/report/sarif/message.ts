import { printable } from "../printable.js";

const LONGEST = 4000;

/**
 * A message of SARIF, paragraph by paragraph. It holds the text literally: braces,
 * which stand for arguments, are doubled, and what would be a link,
 * `[text](address)`, is escaped.
 */
export function message(...paragraphs: string[]): { text: string } {
  const lines = paragraphs.map((text) => printable(text, LONGEST));
  const text = lines.join("\n\n");
  return { text: text.replace(/[{}]/g, "$&$&").replace(/\[(?=[^[\]]*\]\()/g, "\\[") };
}
