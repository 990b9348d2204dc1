/** Writes the text and waits until the stream has passed it on: a slow reader slows us down, none is cut off. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(text, () => resolve()));
}

/** The exit code of a shell for a process that SIGPIPE ended. */
const BROKEN_PIPE = 141;

/**
 * Ends the process quietly when the reader of its output has gone, as after
 * `audit list | head -3`. Not with 0: under `set -o pipefail` that would be a
 * gate that passed.
 */
export function exitOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(BROKEN_PIPE);
      throw error;
    });
  }
}

/** Ends the process when everything written has gone out, whatever a stuck worker still does. */
export async function exitWhenWritten(): Promise<never> {
  await Promise.all([write(process.stdout, ""), write(process.stderr, "")]);
  process.exit();
}
