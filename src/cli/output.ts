import { messageText } from "./message-text.js";

/** Writes the text and waits until the stream has passed it on: a slow reader slows us down, none is cut off. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}

/** The exit codes of a shell for a process that SIGPIPE or SIGHUP ended. */
const BROKEN_PIPE = 141;
export const HANG_UP = 129;

/**
 * Ends the process quietly when the reader of its output has gone, as after
 * `audit list | head -3`. Not with 0: under `set -o pipefail` that would be a
 * gate that passed. A terminal that is gone gives EIO; what is lost on stderr
 * keeps no report from a file on stdout. Anything else, such as a full disk, is an error.
 */
export function exitOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(BROKEN_PIPE);
      if (error.code === "EIO") {
        if (stream === process.stdout) hangUp();
        return;
      }
      process.stderr.write(
        messageText(process.stderr, "Error:", `The output can't be written: ${error.message}.`),
      );
      process.exit(2);
    });
  }
}

/** Ends the process as SIGHUP does. Node crashes when it exits by itself after its terminal was closed. */
export function hangUp(): void {
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}

/** Ends the process when everything written has gone out, whatever a stuck worker still does. */
export async function exitWhenWritten(): Promise<void> {
  await Promise.all([write(process.stdout, ""), write(process.stderr, "")]);
  if (process.exitCode === HANG_UP) hangUp();
  else process.exit();
}
