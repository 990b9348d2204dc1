import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { LoadError } from "../../src/losses/load-error.js";
import { resolveLosses } from "../../src/losses/resolve.js";

describe("resolveLosses", () => {
  it.each([
    ["softplus", { kind: "catalogue", name: "softplus" }],
    ["softplus#naive", { kind: "catalogue", name: "softplus", implementation: "naive" }],
    [
      "sigmoid-cross-entropy#line-2",
      { kind: "catalogue", name: "sigmoid-cross-entropy", implementation: "line-2" },
    ],
    ["./softplus", { kind: "file", path: "./softplus" }],
    ["loss.ts", { kind: "file", path: "loss.ts" }],
    ["a/loss.ts#stable", { kind: "file", path: "a/loss.ts", export: "stable" }],
    ["../loss#default", { kind: "file", path: "../loss", export: "default" }],
    ["C:\\losses\\focal.ts#naive", { kind: "file", path: "C:\\losses\\focal.ts", export: "naive" }],
    ["./a#b/loss.ts", { kind: "file", path: "./a#b/loss.ts" }],
    ["./a#b/loss.ts#$f", { kind: "file", path: "./a#b/loss.ts", export: "$f" }],
    ["./c#.ts", { kind: "file", path: "./c#.ts" }],
  ])("reads %s", (argument, expected) => {
    expect(resolveLosses([argument])).toEqual([{ argument, ...expected }]);
  });

  it("takes what is named twice once, and a part of a whole with the whole", () => {
    const args = [
      "softplus#naive",
      "softplus",
      "loss.ts",
      "./loss.ts#a",
      "softplus",
      "b.ts#a",
      "b.ts#b",
      "b.ts#a",
    ];
    const kept = resolveLosses(args).map(({ argument }) => argument);
    expect(kept).toEqual(["softplus", "loss.ts", "b.ts#a", "b.ts#b"]);
  });

  it.each([
    [
      "softpuls",
      'There is no loss "softpuls". Did you mean "softplus"? The catalogue has sigmoid-cross-entropy,',
    ],
    ["softplus#naiv", 'softplus has no implementation "naiv". Did you mean "naive"? It has naive,'],
    ["softplus#", '"softplus#" is half a name. Write LOSS, LOSS#implementation, FILE or FILE#export.'],
    ["#naive", '"#naive" is half a name.'],
    ["", '"" is half a name.'],
  ])("explains %j", (argument, message) => {
    expect(() => resolveLosses(["softplus", argument])).toThrow(LoadError);
    expect(() => resolveLosses(["softplus", argument])).toThrow(message);
  });

  it("points out a file of the name of an unknown loss, in the folder where the command was typed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "resolve-"));
    const cwd = vi.spyOn(process, "cwd").mockReturnValue(folder);
    try {
      vi.resetModules();
      const typedThere = await import("../../src/losses/resolve.js");
      cwd.mockReturnValue(tmpdir());
      writeFileSync(join(folder, "focal.mts"), "");
      expect(() => typedThere.resolveLosses(["focal"])).toThrow(
        "write ./focal.mts for the file of that name",
      );
    } finally {
      cwd.mockRestore();
      rmSync(folder, { recursive: true });
    }
  });
});

it("names files by their paths where their names alone are the same", () => {
  expect(resolveLosses(["a/loss.ts", "b/loss.ts#naive", "other.ts"])).toEqual([
    { argument: "a/loss.ts", kind: "file", path: "a/loss.ts", name: "a/loss" },
    { argument: "b/loss.ts#naive", kind: "file", path: "b/loss.ts", export: "naive", name: "b/loss" },
    { argument: "other.ts", kind: "file", path: "other.ts" },
  ]);
});
