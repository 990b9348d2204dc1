import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from "chalk";

export interface Terminal {
  columns: number;
  colour: ChalkInstance;
}

/**
 * How to print to the stream: `--no-color` wins, then FORCE_COLOR and NO_COLOR
 * (any value but an empty one), then whether it is a terminal that can.
 * Lines are at most 100 columns wide, and 80 when it is no terminal.
 */
export function terminal(
  stream: NodeJS.WriteStream,
  noColor = process.argv.includes("--no-color"),
): Terminal {
  const supported = stream === process.stderr ? supportsColorStderr : supportsColor;
  const forced = "FORCE_COLOR" in process.env;
  const off = noColor || (!forced && Boolean(process.env.NO_COLOR));
  return {
    columns: stream.isTTY ? Math.max(60, Math.min(stream.columns || 80, 100)) : 80,
    colour: new Chalk({ level: off || supported === false ? 0 : supported.level }),
  };
}
