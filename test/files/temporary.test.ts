import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { withTemporary } from "../../src/files/temporary.js";

/** `open` itself, in which a test can make something happen first. */
vi.mock("node:fs/promises", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs/promises")>();
  return { ...original, open: vi.fn(original.open) };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corpus-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("a temporary file holds the text while it is used, and is gone then", async () => {
  const seen: string[] = [];
  await withTemporary(join(folder, "a", "b"), "text", async (path) => {
    seen.push(dirname(path), readFileSync(path, "utf8"));
  });
  expect(seen).toEqual([join(folder, "a", "b"), "text"]);
  expect(readdirSync(join(folder, "a", "b"))).toEqual([]);
});

it("a temporary file is gone when its use fails", async () => {
  const failed = withTemporary(folder, "text", () => Promise.reject(new Error("on purpose")));
  await expect(failed).rejects.toThrow("on purpose");
  expect(readdirSync(folder)).toEqual([]);
});

it("a folder that another process removes at the wrong moment is made again", async () => {
  const { open: original } = await vi.importActual<typeof import("node:fs/promises")>("node:fs/promises");
  vi.mocked(open).mockImplementationOnce((path, flags) => {
    rmdirSync(dirname(String(path)));
    return original(path, flags);
  });
  let text = "";
  await withTemporary(join(folder, "corpus"), "text", async (path) => {
    text = readFileSync(path, "utf8");
  });
  expect(text).toBe("text");
  expect(vi.mocked(open)).toHaveBeenCalled();
});

it("what a writer that was killed has left is removed after an hour, and nothing else", async () => {
  const names = [
    ".audit-3b241101-e2bb-4255-8caf-4136c566a962.tmp",
    ".audit-3b241101.tmp",
    ".mine.tmp",
    "mine",
  ];
  const another = ".audit-5b241101-e2bb-4255-8caf-4136c566a962.tmp";
  const ago = (minutes: number) => Date.now() / 1000 - 60 * minutes;
  for (const name of [...names, another]) writeFileSync(join(folder, name), "half");
  for (const name of names) utimesSync(join(folder, name), ago(61), ago(61));
  utimesSync(join(folder, another), ago(59), ago(59)); // by a writer that may be at work
  await withTemporary(folder, "text", async () => {});
  expect(readdirSync(folder).sort()).toEqual([...names.slice(1), another].sort());
});
