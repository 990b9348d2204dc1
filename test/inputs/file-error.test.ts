import { describe, expect, it } from "vitest";
import { fileError } from "../../src/files/file-error.js";
import { InputError } from "../../src/inputs/input-error.js";

describe("fileError", () => {
  it.each([
    ["ENOENT", /^a\.npy: there is no such file/],
    ["EACCES", /^a\.npy: you are not allowed to read this file/],
    ["EIO", /^a\.npy: it can't be read: input\/output error/],
  ])("explains %s", (code, message) => {
    const error = fileError("a.npy", Object.assign(new Error("input/output error"), { code }));
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toMatch(message);
  });

  it("leaves errors alone that no file made", () => {
    const error = new TypeError("a bug");
    expect(fileError("a.npy", error)).toBe(error);
  });
});
