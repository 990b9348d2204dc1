import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
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
