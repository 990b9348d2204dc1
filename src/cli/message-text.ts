import { wrap } from "../report/text.js";
import { terminal } from "./colour.js";

const WIDEST = 80;
const NO_BREAK = "\u00a0";

/** What stays in one piece: words in quotes, a command, a flag with its value. */
const PIECES = [
  /"[^"\n]{1,60}"/g,
  /\baudit(?: (?:list|sweep|fuzz|explain|ops|doctor|help|LOSS\S*|FILE\S*|--[\w-]+(?:=\S+)?))+/g,
  /--[\w-]+ (?:[-+.\d]|[A-Z])\S*/g,
];

/**
 * A message on stderr as all commands print it: a coloured word, then the text
 * in lines of at most 80 columns, or as many as the terminal has if it has
 * fewer, all but the first indented. Commands, and paths as they were typed,
 * are not broken.
 */
export function messageText(
  stream: NodeJS.WriteStream,
  word: "Error:" | "Warning:",
  text: string,
  typed: readonly string[] = process.argv.slice(2),
): string {
  const columns = stream.isTTY ? Math.min(stream.columns || WIDEST, WIDEST) : WIDEST;
  const lines = wrap(inPieces(text, typed), columns, `${word} `, "  ").replaceAll(NO_BREAK, " ");
  const { colour } = terminal(stream);
  return `${(word === "Error:" ? colour.red : colour.yellow)(word)}${lines.slice(word.length)}\n`;
}

function inPieces(text: string, typed: readonly string[]): string {
  const joined = (piece: string) => piece.replaceAll(" ", NO_BREAK);
  let result = text;
  for (const argument of typed) {
    if (argument.includes(" ")) result = result.replaceAll(argument, joined(argument));
  }
  for (const piece of PIECES) result = result.replace(piece, joined);
  return result;
}
