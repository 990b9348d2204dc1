import { resolveLosses } from "../../losses/resolve.js";
import { version } from "../../version.js";
import type { FuzzFinding } from "../report.js";
import { type CorpusEntry, SCHEMA } from "./entry.js";

/** What a finding does not say of itself. */
export interface FoundIn
  extends Pick<CorpusEntry, "from" | "rtol" | "atol" | "with" | "parameters" | "index"> {
  /** The loss as it was typed, with or without its implementation. */
  argument: string;
}

/** What the corpus keeps of a finding. */
export function entryOf(finding: FuzzFinding, { argument, ...found }: FoundIn): CorpusEntry {
  const [loss] = resolveLosses([argument]);
  const { id, implementation, target, quantity, kind, severity, message } = finding;
  const { kernel, against, training, example } = finding;
  return {
    schema: SCHEMA,
    version,
    id,
    loss: loss.kind === "file" ? loss.path : loss.name,
    ...{ implementation, target, quantity, kind, severity, message },
    ...found,
    ...{ kernel, against, training, example },
  };
}
