import { Chalk, type ChalkInstance, type ColorSupportLevel, supportsColor, supportsColorStderr } from "chalk";

export interface Terminal {
  columns: number;
  colour: ChalkInstance;
}

/** As the user set them: see help-colour.ts. */
const { FORCE_COLOR, NO_COLOR, TERM } = process.env;

/** How to print to the stream. Lines are at most 100 columns wide, and 80 when it is no terminal. */
export function terminal(
  stream: NodeJS.WriteStream,
  noColor = process.argv.includes("--no-color"),
): Terminal {
  return {
    columns: stream.isTTY ? Math.max(60, Math.min(stream.columns || 80, 100)) : 80,
    colour: new Chalk({ level: colourLevel(stream, noColor) }),
  };
}

/**
 * How many colours a stream gets: `--no-color` wins, then FORCE_COLOR, then
 * NO_COLOR, then whether it is a terminal that can. A variable that is empty
 * says nothing: chalk alone would take an empty FORCE_COLOR for 1, and knows no NO_COLOR.
 */
export function colourLevel(
  stream: NodeJS.WriteStream,
  noColor = process.argv.includes("--no-color"),
): ColorSupportLevel {
  if (noColor) return 0;
  if (FORCE_COLOR) return forced(FORCE_COLOR);
  if (NO_COLOR || !stream.isTTY || TERM === "dumb") return 0;
  const supported = stream === process.stderr ? supportsColorStderr : supportsColor;
  return supported === false ? 0 : supported.level;
}

function forced(value: string): ColorSupportLevel {
  if (/^[0-3]$/.test(value)) return Number(value) as ColorSupportLevel;
  return value === "false" ? 0 : 1;
}
