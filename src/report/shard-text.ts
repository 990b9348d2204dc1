import type { Terminal } from "../cli/colour.js";
import type { ShardReport } from "../shards/shard-report.js";
import { errorsText } from "./errors.js";
import { count, wrap } from "./text.js";

/** What a shard did, and where its blob is. */
export function shardText(report: ShardReport, terminal: Terminal): string {
  const { shard, blob, parts, findings, errors, interrupted } = report;
  const name = `Shard ${shard.index} of ${shard.of}`;
  const list = parts
    .map(({ way, loss, target, part }) => {
      const cut = part ? ` (part ${part.index} of ${part.of})` : "";
      return wrap(`${loss} on ${target}${cut}`, terminal.columns, `${way.padEnd(6)}  `, "        ");
    })
    .map((line) => `${line}\n`)
    .join("");
  const failed = errors.length === 0 ? "" : `, ${count(errors.length, "audit")} failed`;
  const end = interrupted
    ? `${name} was interrupted: audit merge will not take ${blob}. Run it again.`
    : parts.length === 0
      ? `${name} has nothing to do: there are more shards than parts of the work. ${blob} says so.`
      : `${name} is done: ${count(findings, "finding")}${failed}. All of it is in ${blob}.`;
  const next = interrupted ? "" : ` audit merge puts all ${shard.of} together, and gives the exit code.`;
  return `${list}${errorsText(errors, terminal)}${terminal.colour.bold(wrap(end + next, terminal.columns))}\n`;
}
