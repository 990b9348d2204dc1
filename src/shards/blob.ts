import { createHash } from "node:crypto";
import { writeFileWhole } from "../files/write-file.js";
import type { Shard } from "../sweep/options.js";
import { version } from "../version.js";
import { toLosslessJson } from "./lossless-json.js";
import type { Done, ShardedCommand, Work } from "./work.js";

export const KIND = "audit shard";
export const SCHEMA = 1;

/** What one shard gave: a file that `audit merge` reads. */
export interface Blob extends BlobHead {
  work: Work;
  /** What the files that were read hold, by their paths as typed: see `digestsOf`. */
  files: Record<string, string>;
  done: Done;
}

export interface BlobHead {
  version: string;
  command: ShardedCommand;
  shard: Shard;
}

/** Where a shard writes its blob, unless another file is named. */
export function defaultBlob({ index, of }: Shard): string {
  return `.audit/shard-${index}-of-${of}.json`;
}

/** Of the head and the rest as JSON, so that a file that was changed, or cut off, is known. */
export function checksum(head: BlobHead, rest: string): string {
  const { version, command, shard } = head;
  return createHash("sha256")
    .update(JSON.stringify([version, command, shard.index, shard.of]))
    .update(rest)
    .digest("hex");
}

/** Says that a shard has begun, in the place of an earlier blob: nobody takes that for this one's, whatever happens. */
export async function writeBegun(file: string, command: ShardedCommand, shard: Shard): Promise<void> {
  await writeFileWhole(
    file,
    `${JSON.stringify({ ...headOf({ version, command, shard }), state: "begun" })}\n`,
  );
}

/** Writes the blob as a whole. Throws an InputError. */
export async function writeBlob(file: string, { work, files, done, ...head }: Blob): Promise<void> {
  const content = toLosslessJson({ work, files, done });
  const start = JSON.stringify({ ...headOf(head), state: "ended", sha256: checksum(head, content) });
  await writeFileWhole(file, `${start.slice(0, -1)},"content":${content}}\n`);
}

function headOf({ version, command, shard }: BlobHead) {
  return { kind: KIND, schema: SCHEMA, version, command, shard: { index: shard.index, of: shard.of } };
}
