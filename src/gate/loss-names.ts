import { basename, extname } from "node:path";
import { type ResolvedLoss, resolveLosses } from "../losses/resolve.js";
import { partOf } from "./restrict.js";
import type { LossPart } from "./scope.js";

/** A loss of a project, and what reports call it. */
export interface NamedLoss extends LossPart {
  argument: string;
  resolved: ResolvedLoss;
}

export function namedLosses(losses: readonly string[], folder: string | undefined): NamedLoss[] {
  return resolveLosses(losses, folder).map((resolved) => {
    const implementation = partOf(resolved);
    const loss =
      resolved.kind === "file"
        ? (resolved.name ?? basename(resolved.path, extname(resolved.path)))
        : resolved.name;
    return {
      argument: resolved.argument,
      resolved,
      loss,
      ...(implementation !== undefined && { implementation }),
    };
  });
}
