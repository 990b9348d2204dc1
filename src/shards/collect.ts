import { InputError } from "../inputs/input-error.js";
import type { Blob } from "./blob.js";
import { firstDifference } from "./difference.js";
import type { StoredBlob } from "./read-blob.js";

/** More missing shards than these are counted. */
const MOST_NAMED = 10;

/**
 * The blobs of all shards of one run, in their order. Throws an InputError for one that is missing, that is there
 * twice, or that is of another run: of another number of shards, command, configuration, or other files.
 */
export function collect(stored: readonly StoredBlob[]): Blob[] {
  const [first] = stored;
  const { of } = first.blob.shard;
  const files = new Map<number, string>();
  for (const { file, blob } of stored) {
    checkAlike(first, { file, blob });
    const known = files.get(blob.shard.index);
    if (known !== undefined) {
      throw new InputError(
        known === file
          ? `${file} is given twice. Give each file once.`
          : `Shard ${blob.shard.index} of ${of} is there twice: ${known} and ${file}. Give one of them.`,
      );
    }
    files.set(blob.shard.index, file);
  }
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((index) => !files.has(index));
  if (missing.length > 0) throw new InputError(missingText(missing, of));
  return stored.map(({ blob }) => blob).sort((a, b) => a.shard.index - b.shard.index);
}

function missingText(missing: readonly number[], of: number): string {
  const named = missing.slice(0, MOST_NAMED).join(", ");
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : "";
  const [what, verb] = missing.length === 1 ? ["Shard", "is"] : ["Shards", "are"];
  return `${what} ${named}${more} of ${of} ${verb} missing. Give the blobs of all ${of} shards; run what did not run.`;
}

function checkAlike(one: StoredBlob, other: StoredBlob): void {
  const [a, b] = [one.blob, other.blob];
  if (a.shard.of !== b.shard.of) {
    throw different(one, other, `${a.shard.of} shards`, `${b.shard.of} shards`);
  }
  if (a.command !== b.command) throw different(one, other, `audit ${a.command}`, `audit ${b.command}`);
  const option = firstDifference(a.work, b.work);
  if (option) {
    const [x, y] = option.values.map(shown);
    const name = option.place.replace(/^(sweep|fuzz|plan)\./, "");
    throw different(one, other, `${name} ${x}`, `${name} ${y}`);
  }
  const file = firstDifference(a.files, b.files);
  if (file) {
    throw new InputError(
      `${one.file} and ${other.file} were made from different contents of ${file.place}: run all shards with the same files.`,
    );
  }
  const targets = firstDifference(targetsOf(a), targetsOf(b));
  if (targets) {
    const [x, y] = targets.values.map(shown);
    throw different(one, other, `the targets ${x}`, `the targets ${y}`);
  }
}

/** What `auto` has found, which decides how the work is cut. */
function targetsOf({ done: { sweep, fuzz } }: Blob) {
  return [sweep, fuzz].map(
    (parts) =>
      parts &&
      [...new Set([...parts.targets, ...parts.missing.map(({ target }) => target)])].sort().join(","),
  );
}

function different(a: StoredBlob, b: StoredBlob, what: string, other: string): InputError {
  return new InputError(
    `${a.file} is of a run with ${what}, ${b.file} of one with ${other}: give the shards of one run.`,
  );
}

function shown(value: unknown): string {
  return value === undefined ? "that is not set" : (JSON.stringify(value) ?? String(value));
}
