import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileNameOf } from "../../../src/fuzz/corpus/file-name.js";

/** Ids of the letters that are most easily confused. */
const id = fc.string({ unit: fc.constantFrom("a", "A", "-", "/", ".", "_", "é", "e\u0301", " ", "\0") });

describe("fileNameOf", () => {
  it("is the id, readable, and the start of its SHA-256", () => {
    // printf 'my-loss/naive/cpu/gradient/nan/Log' | sha256sum
    expect(fileNameOf("my-loss/naive/cpu/gradient/nan/Log")).toBe(
      "my-loss-naive-cpu-gradient-nan-Log-04e6d05a.json",
    );
  });

  it("has only letters that every file system takes, and starts with none that hides it", () => {
    fc.assert(
      fc.property(fc.oneof(id, fc.string({ unit: "binary", maxLength: 300 })), (given) => {
        expect(fileNameOf(given)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,113}\.json$/);
      }),
    );
  });

  it("keeps ids apart where upper and lower case are one", () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 2, maxLength: 30 }), (ids) => {
        expect(new Set(ids.map((given) => fileNameOf(given).toLowerCase())).size).toBe(ids.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps long ids apart that begin in the same way", () => {
    const names = ["x", "y"].map((end) => fileNameOf(`${"a".repeat(500)}/${end}`));
    expect(names[0]).not.toBe(names[1]);
    for (const name of names) expect(name).toMatch(/^a{100}-[0-9a-f]{8}\.json$/);
  });

  it.each(["", "/", "..", "../../etc/passwd", ".hidden", "損失/素朴"])(
    "makes a plain name of %j",
    (given) => {
      expect(fileNameOf(given)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*\.json$/);
    },
  );
});
