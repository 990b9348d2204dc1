import { expect, it } from "vitest";
import { folderError } from "../../../src/fuzz/corpus/folder-error.js";
import { InputError } from "../../../src/inputs/input-error.js";

it.each([
  ["ENOENT", "it can't be made there"],
  ["ENOTDIR", "it is no folder"],
  ["EEXIST", "no folder has its name"],
  ["ELOOP", "links that lead back"],
  ["ENAMETOOLONG", "too long"],
  ["EACCES", "you are not allowed to: change its permissions"],
  ["EPERM", "you are not allowed to: change its permissions"],
  ["EROFS", "read-only"],
  ["ENOSPC", "the disk is full: make room"],
  ["EDQUOT", "quota"],
])("the reason of %s is given in words, with a way out", (code, reason) => {
  const error = folderError("some/corpus", "written", Object.assign(new Error("raw"), { code }));
  expect(error).toBeInstanceOf(InputError);
  expect((error as Error).message).toMatch(
    new RegExp(`^The corpus some/corpus can't be written: .*${reason}.*name another with --corpus\\.$`),
  );
});

it("a reason without words is given as the system has it", () => {
  const error = folderError("c", "read", Object.assign(new Error("EIO: i/o error"), { code: "EIO" }));
  expect((error as Error).message).toBe("The corpus c can't be read: EIO: i/o error.");
});

it("an error that is not the system's stays as it is", () => {
  const error = new TypeError("ours");
  expect(folderError("c", "read", error)).toBe(error);
});
