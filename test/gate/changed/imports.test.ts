import { expect, test } from "vitest";
import { importsOf } from "../../../src/gate/changed/imports.js";

test.each<[text: string, specifiers: string[]]>([
  ['import a from "./a";', ["./a"]],
  ["import { a, b as c } from './a.js'", ["./a.js"]],
  ['import * as a\n  from\n  "./a"', ["./a"]],
  ['import type { A } from "./a"', ["./a"]],
  ['import"./a"', ["./a"]],
  ['import a, { b } from "./with blank.ts"', ["./with blank.ts"]],
  ['export * from "./ü.ts"; export { a } from "../b"', ["./ü.ts", "../b"]],
  ['import a = require("./a")', ["./a"]],
  ["const a = require( './a' ), b = require.resolve('./b')", ["./a", "./b"]],
  ['const a = await import("./a")', ["./a"]],
  ["await import(`./a`)", ["./a"]],
  ['await import(/* webpackIgnore: true */ "./a", { with: { type: "json" } })', ["./a"]],
  ['/// <reference path="./a.d.ts" />', ["./a.d.ts"]],
  ['new URL("./weights.bin", import.meta.url)', ["./weights.bin"]],
  ["// it's\nimport a from './a' // don't", ["./a"]],
  ["/* it's */ import a from './a'", ["./a"]],
  ['import /* why */ a from // this\n "./a"', ["./a"]],
  ["const x = 1;", []],
])("%s", (text, specifiers) => {
  expect(importsOf(text)).toEqual({ specifiers });
});

test.each([
  ["import(name)", "it imports what is only known when it runs"],
  [`require(\`./\${name}\`)`, `it imports "./\${name}"`],
  ['require("./" + name)', "it imports what is only known when it runs"],
  ['import { readFileSync } from "node:fs"', "it imports node:fs"],
  ['import { readFile } from "fs/promises"', "it imports fs/promises"],
  ['import { createRequire } from "node:module"', "it imports node:module"],
  ['import "./\\u0061"', '"./\\u0061"'],
  ["await tf.loadLayersModel(url)", "it loads a model"],
])("%s may read more than that", (text, why) => {
  expect(importsOf(text).opaque).toContain(why);
});
