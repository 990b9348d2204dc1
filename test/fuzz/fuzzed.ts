import { fuzzDefaults } from "../../src/fuzz/defaults.js";
import { type FuzzNews, fuzzLoss } from "../../src/fuzz/fuzz-loss.js";
import type { FuzzOptions } from "../../src/fuzz/options.js";
import type { FuzzFinding } from "../../src/fuzz/report.js";
import { resolveLosses } from "../../src/losses/resolve.js";

/** All kinds of findings that are not about training runs. */
export const properties = fuzzDefaults.properties.filter((property) => property !== "training");

/** What is reported of the search, one after the other, and what it ends with. */
export async function fuzzed(argument: string, options: Partial<FuzzOptions> = {}, isStopped = () => false) {
  const [loss] = resolveLosses([argument]);
  const all: FuzzOptions = { ...fuzzDefaults, properties, seed: 1, ...options };
  const news: FuzzNews[] = [];
  const result = await fuzzLoss(
    { loss, target: all.targets[0], options: all, replays: [], skip: [] },
    { onStep: () => {}, onNews: (one) => news.push(one), isStopped },
  );
  const findings = news.flatMap((one) => (one.kind === "finding" ? [one.finding] : []));
  return { result, news, findings };
}

/** A finding in short: `implementation quantity kind severity kernel: logits; labels`. */
export function short({ implementation, quantity, kind, severity, kernel, example }: FuzzFinding): string {
  const list = (all: FuzzFinding["example"]["logits"]) => all.map(({ value }) => value).join();
  return `${implementation} ${quantity} ${kind} ${severity} ${kernel ?? "-"}: ${list(example.logits)}; ${list(example.labels)}`;
}

export const errorsOf = (findings: readonly FuzzFinding[]) =>
  findings.filter(({ severity }) => severity === "error");
