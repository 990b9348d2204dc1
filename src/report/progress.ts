import { visible } from "../inputs/visible.js";
import type { SweepProgress } from "../sweep/options.js";
import { truncate } from "./text.js";

/** Where progress goes: stderr, or what stands for it in a test. */
export interface ProgressStream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const REDRAW_MS = 100;
/** A log is not a terminal: a line now and then shows that it goes on. */
const LOG_MS = 10_000;
export const CLEAR_LINE = "\r\u001b[K";

function clock(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

/**
 * Shows how far a long run is and when it will end: one line that is rewritten
 * on a terminal that can, a line every 10 seconds elsewhere. The end is foretold from the
 * mean speed so far, once a second and a hundredth of the run have passed.
 */
export class Progress {
  readonly #started: number;
  readonly #isRewritten: boolean;
  #shown: number;
  #visible = false;

  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number = () => performance.now(),
    term = process.env.TERM,
  ) {
    this.#isRewritten = stream.isTTY === true && term !== "dumb";
    this.#started = now();
    this.#shown = this.#started;
  }

  update(progress: SweepProgress): void {
    this.show((elapsed) => this.#line(progress, elapsed));
  }

  /** Shows the line that is made of the seconds since the start, when it is time for another one. */
  show(lineAfter: (elapsed: number) => string): void {
    const now = this.now();
    if (now - this.#shown < (this.#isRewritten ? REDRAW_MS : LOG_MS)) return;
    this.#shown = now;
    const line = visible(lineAfter((now - this.#started) / 1000));
    if (this.#isRewritten) {
      this.stream.write(CLEAR_LINE + truncate(line, (this.stream.columns ?? 80) - 1));
      this.#visible = true;
    } else {
      this.stream.write(`${line}\n`);
    }
  }

  /** Takes the line away, so that something else can be printed. */
  clear(): void {
    if (this.#visible) this.stream.write(CLEAR_LINE);
    this.#visible = false;
  }

  #line({ loss, implementation, target, done }: SweepProgress, elapsed: number): string {
    const left = elapsed > 1 && done > 0.01 ? `, ${clock((elapsed / done) * (1 - done))} left` : "";
    const percent = String(Math.floor(done * 100)).padStart(3);
    return `${percent} %${left}  ${loss} ${implementation} on ${target}`;
  }
}
