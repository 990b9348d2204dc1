import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firstUserFrame } from "../../src/losses/user-frames.js";

const any = () => true;
const frame = (line: string, isUserFile: (file: string) => boolean = any) =>
  firstUserFrame(`Error: message\n${line}`, isUserFile);

describe("firstUserFrame", () => {
  it.each([
    ["a named function", "    at loss (/home/me/loss.ts:12:5)", "/home/me/loss.ts", 12],
    ["an unnamed one", "    at /home/me/loss.ts:12:5", "/home/me/loss.ts", 12],
    [
      "a file URL with escapes",
      "    at f (file:///home/m%C3%A9/my%20loss.mjs:3:1)",
      "/home/mé/my loss.mjs",
      3,
    ],
    [
      "spaces and letters beyond ASCII",
      "    at f (/home/mé/損失 1/loss.ts:3:1)",
      "/home/mé/損失 1/loss.ts",
      3,
    ],
    ["brackets in the path", "    at f (/home/loss (copy)/a.ts:3:1)", "/home/loss (copy)/a.ts", 3],
    ["brackets without a name", "    at /home/loss (copy)/a.ts:3:1", "/home/loss (copy)/a.ts", 3],
    ["a colon in the path", "    at f (/home/a:1:2/a.ts:3:1)", "/home/a:1:2/a.ts", 3],
    ["Windows", "    at f (C:\\Users\\me\\loss.ts:7:9)", "C:\\Users\\me\\loss.ts", 7],
    ["a Windows share", "    at \\\\host\\share\\loss.ts:7:9", "\\\\host\\share\\loss.ts", 7],
    ["an async frame", "    at async loss (/home/me/loss.ts:8:1)", "/home/me/loss.ts", 8],
    ["an unnamed async frame", "    at async /home/me/loss.ts:8:1", "/home/me/loss.ts", 8],
    ["a constructor", "    at new Loss (/home/me/loss.ts:9:1)", "/home/me/loss.ts", 9],
    ["a method with an alias", "    at Object.f [as loss] (/home/me/loss.ts:9:1)", "/home/me/loss.ts", 9],
    ["eval", "    at eval (eval at load (/home/me/run.js:4:2), <anonymous>:1:7)", "/home/me/run.js", 4],
    [
      "eval within eval",
      "    at g (eval at f (eval at load (/home/me/run.js:4:2), <anonymous>:1:7), <anonymous>:2:3)",
      "/home/me/run.js",
      4,
    ],
  ])("reads %s", (_, line, file, number) => {
    expect(frame(line)).toEqual({ file, line: number });
  });

  it.each([
    ["a native frame", "    at Array.map (<anonymous>)"],
    ["Promise.all", "    at async Promise.all (index 0)"],
    ["Node's own code", "    at Module._load (node:internal/modules/cjs/loader:1207:15)"],
    ["a line of the message", "/home/me/loss.ts:3"],
    ["a URL that is no file", "    at f (file://host/%ZZ.ts:1:1)"],
  ])("passes over %s", (_, line) => {
    expect(frame(line)).toBeUndefined();
  });

  it("gives the innermost frame that is the user's", () => {
    const stack = [
      "Error",
      "    at sigmoid_ (/p/node_modules/@tensorflow/tfjs-core/dist/tf-core.node.js:100:2)",
      "    at softplus (/p/math/softplus.ts:6:12)",
      "    at loss (/p/loss.ts:20:3)",
    ].join("\n");
    expect(firstUserFrame(stack, (file) => !file.includes("node_modules"))).toEqual({
      file: "/p/math/softplus.ts",
      line: 6,
    });
    expect(firstUserFrame(stack, (file) => file.endsWith("/loss.ts"))).toEqual({
      file: "/p/loss.ts",
      line: 20,
    });
    expect(firstUserFrame(stack, () => false)).toBeUndefined();
  });

  it("gives the line of the source, when the file has a source map and the source is there", () => {
    const folder = mkdtempSync(join(tmpdir(), "frames-"));
    try {
      // Lines 2 and 3 of loss.js come from lines 10 and 21 of loss.ts: AAAA maps (0, 0) to (0, 0), the next
      // lines go on from there by 9 ("S" in base 64 VLQ) and 11 ("W") lines of the source.
      const map = { version: 3, sources: ["loss.ts"], names: [], mappings: "AAAA;AASA;AAWA" };
      writeFileSync(join(folder, "loss.js.map"), JSON.stringify(map));
      const source = join(folder, "loss.ts");
      writeFileSync(source, "");
      const at = (line: number) => frame(`    at f (${join(folder, "loss.js")}:${line}:5)`);
      expect(at(2)).toEqual({ file: source, line: 10 });
      expect(at(3)).toEqual({ file: source, line: 21 });

      copyFileSync(join(folder, "loss.js.map"), join(folder, "gone.js.map"));
      rmSync(source);
      const gone = join(folder, "gone.js");
      expect(frame(`    at f (${gone}:2:5)`)).toEqual({ file: gone, line: 2 });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
