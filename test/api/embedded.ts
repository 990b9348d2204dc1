import { explain, fuzz, gate, InputError, render, sweep } from "../../src/index.js";
import { naive, stable } from "./losses.js";

/**
 * A program that uses all of the interface, much of it at once, and then says what it is left with. It ends by itself
 * when nothing keeps its event loop.
 */
const EVENTS = [
  "exit",
  "beforeExit",
  "uncaughtException",
  "unhandledRejection",
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
];
const SIGNALS_OF_JOBS = ["SIGTSTP", "SIGCONT"];
const listeners = () => [...EVENTS, ...SIGNALS_OF_JOBS].map((name) => [name, process.listenerCount(name)]);
const printed: string[] = [];
const { write } = process.stdout;
process.stdout.write = ((text: string) => printed.push(String(text)) > 0) as typeof write;

const before = listeners();
const short = { targets: ["cpu"], range: [60, 120] as [number, number], points: 11, labels: [0] };
const [here, apart, point, search, accepted] = await Promise.all([
  sweep({ ...short, losses: [naive] }),
  sweep({ ...short, losses: ["softplus#naive"] }),
  explain({ loss: "softplus#naive", at: 89 }),
  fuzz({ losses: [stable], fuzz: { runs: 50, seed: 1 } }),
  gate({ ...short, losses: ["softplus#naive"] }),
]);
const refused = await sweep({ losses: ["sotfplus"] }).catch((error) => error instanceof InputError);
const stopped = await sweep({ losses: ["softplus"] }, { signal: AbortSignal.abort() });
const text = await render("markdown", apart);

process.stdout.write = write;
process.stdout.write(
  JSON.stringify({
    ...{ before, after: listeners(), printed, exitCode: process.exitCode ?? null, refused },
    exitCodes: [here, apart, point, search, accepted].map(({ exitCode }) => exitCode),
    stopped: { interrupted: stopped.interrupted, losses: stopped.losses },
    isMarkdown: text.startsWith("#"),
  }),
);
