import type { Random } from "../../src/inputs/random.js";

type Change = (bytes: Buffer, random: Random) => Buffer;

/** What happens to a file by a bad disk, an editor, git, or a tool that writes another encoding. */
const changes: Record<string, Change> = {
  flipped: (bytes, random) => {
    const changed = Buffer.from(bytes);
    changed[placeIn(bytes, random)] ^= 1 << random.integer(0, 7);
    return changed;
  },
  replaced: (bytes, random) => {
    const changed = Buffer.from(bytes);
    changed[placeIn(bytes, random)] = random.integer(0, 255);
    return changed;
  },
  deleted: (bytes, random) => spliced(bytes, placeIn(bytes, random), random.integer(1, 30)),
  inserted: (bytes, random) =>
    spliced(
      bytes,
      placeIn(bytes, random),
      0,
      Buffer.from(Array.from({ length: random.integer(1, 4) }, () => random.integer(0, 255))),
    ),
  doubled: (bytes, random) => {
    const at = placeIn(bytes, random);
    return spliced(bytes, at, 0, bytes.subarray(at, at + random.integer(1, 200)));
  },
  "cut off": (bytes, random) => bytes.subarray(0, placeIn(bytes, random)),
  "without its begin": (bytes, random) => bytes.subarray(placeIn(bytes, random)),
  "with a line twice": (bytes, random) =>
    changedLines(bytes, random, (lines, at) => lines.splice(at, 0, lines[at])),
  "without a line": (bytes, random) => changedLines(bytes, random, (lines, at) => lines.splice(at, 1)),
  "with a line moved": (bytes, random) =>
    changedLines(bytes, random, (lines, at) =>
      lines.splice(random.integer(0, lines.length), 0, ...lines.splice(at, 1)),
    ),
  "in conflict": (bytes, random) =>
    changedLines(bytes, random, (lines, at) =>
      lines.splice(at, 1, "<<<<<<< HEAD", lines[at], "=======", lines[at], ">>>>>>> branch"),
    ),
  "with nulls": (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = placeIn(bytes, random);
    return changed.fill(0, at, Math.min(at + random.integer(1, 4096), changed.length));
  },
  "in UTF-16": (bytes) => Buffer.from(`\ufeff${bytes.toString("utf8")}`, "utf16le"),
  "in UTF-16, big-endian": (bytes) => Buffer.from(`\ufeff${bytes.toString("utf8")}`, "utf16le").swap16(),
  "with a lone surrogate": (bytes, random) =>
    spliced(bytes, placeIn(bytes, random), 0, Buffer.from([0xed, 0xa0, 0x80])),
  "with a byte order mark": (bytes) => Buffer.concat([Buffer.from("\ufeff"), bytes]),
  "with line ends of Windows": (bytes) =>
    Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r\n"), "latin1"),
};

export interface Mutated {
  /** In words, for who reads a failure. */
  how: string;
  bytes: Buffer;
}

/** A file with one change, or with two. */
export function mutatedBytes(bytes: Buffer, random: Random): Mutated {
  const done: string[] = [];
  let changed = bytes;
  for (let n = random.integer(1, 2); n > 0; n--) {
    const [how, change] = Object.entries(changes)[random.integer(0, Object.keys(changes).length - 1)];
    changed = change(changed, random);
    done.push(how);
  }
  return { how: done.join(", "), bytes: changed };
}

function placeIn(bytes: Buffer, random: Random): number {
  return random.integer(0, Math.max(bytes.length - 1, 0));
}

function spliced(bytes: Buffer, at: number, gone: number, inserted: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + gone)]);
}

function changedLines(
  bytes: Buffer,
  random: Random,
  change: (lines: string[], at: number) => unknown,
): Buffer {
  const lines = bytes.toString("latin1").split("\n");
  change(lines, random.integer(0, lines.length - 1));
  return Buffer.from(lines.join("\n"), "latin1");
}
