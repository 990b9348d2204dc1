import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkWritable } from "../../../src/fuzz/corpus/check-writable.js";
import { entryText } from "../../../src/fuzz/corpus/entry-text.js";
import { writeEntry } from "../../../src/fuzz/corpus/write-entry.js";
import { InputError } from "../../../src/inputs/input-error.js";
import { fullEntry, smallEntry } from "./samples.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corpus-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function messageOf(refused: Promise<unknown>): Promise<string> {
  const error = await refused.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error.message;
}

describe("writeEntry", () => {
  it("makes the folder and those above it, and leaves the entry there and nothing else", async () => {
    const corpus = join(folder, "a", "b", "corpus");
    const file = await writeEntry(corpus, fullEntry());
    expect(readdirSync(corpus).map((name) => join(corpus, name))).toEqual([file]);
    expect(readFileSync(file, "utf8")).toBe(entryText(fullEntry()));
  });

  it("does not touch a file that holds the same", async () => {
    const file = await writeEntry(folder, fullEntry());
    utimesSync(file, 1, 1);
    const { ino } = statSync(file);
    expect(await writeEntry(folder, fullEntry())).toBe(file);
    expect(statSync(file)).toMatchObject({ ino, mtimeMs: 1000 });
  });

  it("puts an entry in the place of an earlier one of the same id", async () => {
    const file = await writeEntry(folder, fullEntry());
    expect(await writeEntry(folder, { ...fullEntry(), message: "Another." })).toBe(file);
    expect(readFileSync(file, "utf8")).toContain('"Another."');
    expect(readdirSync(folder).length).toBe(1);
  });

  it.each([
    ["is corrupt", "{", /: it ends too early, in line 1\. Correct it or delete it\. /],
    ["has a merge conflict", "<<<<<<< HEAD\n", /: it has a merge conflict of git in line 1\. /],
    ["has a newer schema", '{"schema": 2}', /: its schema is 2, and only 1 is known\. Update audit\. /],
    ["is another's", entryText(smallEntry({ id: "x" })), /: it holds the failure x\. Rename it\. /],
  ])("leaves a file in its place that %s as it is, and says so", async (_, content, reason) => {
    const file = await writeEntry(folder, fullEntry());
    writeFileSync(file, content);
    const message = await messageOf(writeEntry(folder, fullEntry()));
    expect(message.startsWith(`${file}: `)).toBe(true);
    expect(message).toMatch(reason);
    expect(message).toMatch(/Until then the failure my-loss\/naive\/cpu\/gradient\/nan\/Log is not kept\.$/);
    expect(readFileSync(file, "utf8")).toBe(content);
    expect(readdirSync(folder).length).toBe(1);
  });

  it("leaves a folder in its place as it is", async () => {
    const file = await writeEntry(folder, fullEntry());
    rmSync(file);
    mkdirSync(file);
    expect(await messageOf(writeEntry(folder, fullEntry()))).toMatch(/: it is a folder, not a file\. /);
  });

  it("puts a file in the place of a link to nowhere", async () => {
    const file = await writeEntry(folder, fullEntry());
    rmSync(file);
    symlinkSync("nowhere", file);
    await writeEntry(folder, fullEntry());
    expect(readFileSync(file, "utf8")).toBe(entryText(fullEntry()));
    expect(readdirSync(folder).length).toBe(1);
  });

  it("refuses an entry that would be too large to be read again", async () => {
    const start = Array.from({ length: 400_000 }, () => ({ value: 1, bits: "0x3f800000" }));
    const entry = { ...fullEntry(), training: { ...fullEntry().training!, start } };
    expect(await messageOf(writeEntry(folder, entry))).toMatch(
      /^The failure my-loss.* is not kept: a file of the corpus has at most 16 MiB, /,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a corpus that can't be written", () => {
  const ways: [string, () => string, RegExp][] = [
    ["a file has its name", () => join(folder, "file"), /it is no folder/],
    ["a file is in its path", () => join(folder, "file", "deep", "corpus"), /it is no folder/],
    ["a link to nowhere has its name", () => join(folder, "nowhere"), /has its name/],
    ["a link to itself has its name", () => join(folder, "self", "corpus"), /has its name/],
    ["a name is too long", () => join(folder, "new", "x".repeat(300), "corpus"), /its path is too long/],
  ];
  beforeEach(() => {
    writeFileSync(join(folder, "file"), "mine");
    symlinkSync("absent", join(folder, "nowhere"));
    symlinkSync("self", join(folder, "self"));
  });

  it.each(ways)("is refused with the reason where %s", async (_, path, reason) => {
    for (const write of [() => writeEntry(path(), fullEntry()), () => checkWritable(path())]) {
      const message = await messageOf(write());
      expect(message.startsWith(`The corpus ${path()} can't be written: `)).toBe(true);
      expect(message).toMatch(reason);
      expect(message).toMatch(/name another with --corpus\.$/);
    }
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("mine");
  });

  it("is refused where the user may not write, and is found out by checkWritable", async () => {
    const corpus = join(folder, "locked");
    mkdirSync(corpus);
    chmodSync(corpus, 0o500);
    const outcome = await checkWritable(corpus).catch((error) => error.message);
    // Root may write everywhere.
    if (process.getuid?.() === 0) expect(outcome).toBeUndefined();
    else expect(outcome).toMatch(/can't be written: you are not allowed to: change its permissions/);
  });

  it.runIf(process.platform === "linux")("is refused where no folder can be made at all", async () => {
    expect(await messageOf(checkWritable("/proc/corpus"))).toMatch(/it can't be made there/);
  });
});

describe("checkWritable", () => {
  it("leaves no trace, of folders that it made either", async () => {
    await checkWritable(join(folder, "a", "b", "corpus"));
    expect(readdirSync(folder)).toEqual([]);
    await writeEntry(folder, fullEntry());
    const before = readdirSync(folder);
    await checkWritable(folder);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("leaves no trace where it fails on the way", async () => {
    await messageOf(checkWritable(join(folder, "a", "x".repeat(300), "corpus")));
    expect(existsSync(join(folder, "a"))).toBe(false);
  });

  it("does not get in the way of others that check or write in the same folder", async () => {
    const corpus = join(folder, "a", "corpus");
    for (let round = 0; round < 50; round++) {
      const checks = Array.from({ length: 4 }, () => checkWritable(corpus));
      const writes = ["x", "y"].map((id) => writeEntry(corpus, smallEntry({ id })));
      const files = await Promise.all(writes);
      await Promise.all(checks);
      expect(readdirSync(corpus).length).toBe(2);
      for (const file of files) expect(existsSync(file)).toBe(true);
      rmSync(join(folder, "a"), { recursive: true });
    }
  });
});
