import type { AuditError } from "../report/report.js";
import type { Shard } from "../sweep/options.js";
import { version } from "../version.js";
import type { ShardOutcome } from "./run-shard.js";
import type { ShardedCommand } from "./work.js";

/** What a shard did: a loss, as it was typed, on a target, or some of its implementations. */
export interface ShardPart {
  way: "sweep" | "search";
  loss: string;
  target: string;
  /** Of the loss, where it was cut: from 1. */
  part?: Shard;
}

/** The JSON of a command that did one shard. What it found is in the blob. */
export interface ShardReport {
  schema: 1;
  command: ShardedCommand;
  version: string;
  shard: Shard;
  blob: string;
  /** Empty where there are more shards than work. */
  parts: ShardPart[];
  findings: number;
  errors: AuditError[];
  interrupted: boolean;
  /** 0 once the blob is written, whatever is in it: the exit code of the run is that of `audit merge`. */
  exitCode: number;
}

export function shardReport(
  { command, shard, blob }: Pick<ShardReport, "command" | "shard" | "blob">,
  { done: { sweep, fuzz }, interrupted }: ShardOutcome,
): ShardReport {
  const results = (sweep?.parts ?? []).flatMap(({ result }) => result ?? []);
  const errors = [
    ...[sweep, fuzz].flatMap((one) => one?.missing ?? []),
    ...[...(sweep?.parts ?? []), ...results, ...(fuzz?.parts ?? [])].flatMap((one) => one.errors),
  ];
  return {
    ...{ schema: 1, command, version, shard, blob },
    parts: [
      ...(sweep?.parts ?? []).map(
        ({ argument, target, index, of }): ShardPart => ({
          ...{ way: "sweep", loss: argument, target },
          ...(of > 1 && { part: { index: index + 1, of } }),
        }),
      ),
      ...(fuzz?.parts ?? []).map(
        ({ argument, target }): ShardPart => ({ way: "search", loss: argument, target }),
      ),
    ],
    findings: [...results, ...(fuzz?.parts ?? [])].reduce((sum, { findings }) => sum + findings.length, 0),
    errors: [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()],
    interrupted,
    exitCode: interrupted ? 130 : 0,
  };
}
