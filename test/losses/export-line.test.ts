import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exportLine } from "../../src/losses/export-line.js";

const fixture = (path: string) =>
  readFileSync(new URL(`../../fixtures/user-losses/${path}`, import.meta.url), "utf8");

/** The text of the line on which a name is found. */
const found = (name: string, source: string) => source.split("\n")[exportLine(name, source) - 1];

describe("the line of an export", () => {
  test.each([
    ["focal", "const focal = 1;\nexport const other = 2;\nexport { other as x, focal };", "const focal = 1;"],
    [
      "x",
      "const focal = 1;\nexport const other = 2;\nexport { other as x, focal };",
      "export const other = 2;",
    ],
    ["focal", "import tf from 'tf';\n\nexport function focal(x, z) {}", "export function focal(x, z) {}"],
    ["focal", "export const focal2 = 1;\nexport const focal = 2;", "export const focal = 2;"],
    [
      "focal",
      "export const focal$ = 1;\nexport async function focal() {}",
      "export async function focal() {}",
    ],
    ["$f", "export const f = 1;\nexport const $f = 2;", "export const $f = 2;"],
    ["default", "// what export default brings\nexport default (x, z) => x;", "export default (x, z) => x;"],
    [
      "default",
      "export default function loss(x) {}\nfunction other() {}",
      "export default function loss(x) {}",
    ],
    ["default", "function loss(x) {\n}\n\nexport default loss;", "function loss(x) {"],
    ["default", "const loss = f;\nexport { loss as default };", "const loss = f;"],
    ["default", "const a = 1;\nmodule.exports = (x, z) => x;", "module.exports = (x, z) => x;"],
    ["focal", "const a = 1;\nexports.focal = (x, z) => x;", "exports.focal = (x, z) => x;"],
    ["focal", "function f() {}\nmodule.exports.focal = f;", "function f() {}"],
    ["focal", "module.exports = {\n  other,\n  focal,\n};", "  focal,"],
    ["focal", "module.exports = {\n  focal(x, z) {},\n};", "  focal(x, z) {},"],
    ["focal", "let x = 1;\r\nexport let focal = x;\r\n", "export let focal = x;\r"],
  ])("%s in %j", (name, source, line) => {
    expect(found(name, source)).toBe(line);
  });

  test("of a CommonJS module is that of the property", () => {
    expect(found("plain", fixture("commonjs/hinge.cjs"))).toMatch(/^ {2}plain: /);
  });

  test("is the first one of the file where another module has it", () => {
    expect(exportLine("focal", "// all of them\nexport * from './focal.js';")).toBe(1);
  });
});
