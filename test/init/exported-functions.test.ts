import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeOf } from "../../src/init/code-of.js";
import { exportedFunctions } from "../../src/init/exported-functions.js";

/** `name(parameters) length`, `async` before it, `?` where the parameters can't be seen. */
function seen(source: string): string[] {
  return exportedFunctions(codeOf(source)).map(({ name, parameters, isAsync }) => {
    const takes = parameters ? `(${parameters.names.join(", ")}) ${parameters.length}` : "?";
    return `${isAsync ? "async " : ""}${name}${takes}`;
  });
}

describe("an ES module's functions are found, with their parameters and their length", () => {
  test.each<[source: string, ...functions: string[]]>([
    ["export function f(x, z) {}", "f(x, z) 2"],
    ["export function f(x: tf.Tensor<tf.Rank>, z: tf.Tensor): tf.Scalar {}", "f(x, z) 2"],
    ["export function f<T extends Map<string, () => number>>(x: T, z: [T, T]) {}", "f(x, z) 2"],
    ["export function f(this: void, x, z) {}", "f(x, z) 2"],
    ["export function f(x, z = 1, gamma = 2) {}", "f(x, z, gamma) 1"],
    ["export function f(x, z, ...rest) {}", "f(x, z, rest) 2"],
    ["export function f(x: T, z?: T, k?: number) {}", "f(x, z, k) 3"],
    ["export function f({ x, z }, [a, b] = [1, 2]) {}", "f({…}, {…}) 1"],
    ["export function f(x, z: { a: 1, b: 2 } = { a: 1, b: 2 }) {}", "f(x, z) 1"],
    ["export function f(x, g: (a: number, b: number) => number, eps = a >= b) {}", "f(x, g, eps) 2"],
    ["export function f(x, z = 1 < 2) {}", "f(x, z) 1"],
    ['export function f(x = "),(", z = /[,)"]/, y = `,)`) {}', "f(x, z, y) 0"],
    ["export function f(\n  x, // ,,\n  z, /* ) */\n) {}", "f(x, z) 2"],
    ["export function $f_1(x) {}", "$f_1(x) 1"],
    ["export function f() {}", "f() 0"],
    ["export async function f(x, z) {}", "async f(x, z) 2"],
    [
      "export function f(x: A): A;\nexport function f(x: B, z: B): B;\nexport function f(x, z) {}",
      "f(x, z) 2",
    ],
    ["export const f = (x, z) => x;", "f(x, z) 2"],
    ["export const f = <T,>(x: T, z: T): T => x;", "f(x, z) 2"],
    ["export const f: Loss<A, B> = (x, z) => x;", "f(x, z) 2"],
    ["export const f: (x: Tensor, z: Tensor) => Tensor = (a, b) => a;", "f(a, b) 2"],
    ["export let f = function g(x, z) {};", "f(x, z) 2"],
    ["export var f = async (x, z) => x;", "async f(x, z) 2"],
    ["export const f = x => z => x;", "f(x) 1"],
    ["export const f = (gamma: number) => (x, z) => x;", "f(gamma) 1"],
    ["export const f = tf.customGrad((x, z) => x);", "f?"],
    ["export const f = wrap<A>(g);", "f?"],
    ["export default function (x, z) {}", "default(x, z) 2"],
    ["export default function f(x, z) {}", "default(x, z) 2"],
    ["export default (x, z) => x;", "default(x, z) 2"],
    ["const f = (x, z) => x\nexport default f", "default(x, z) 2"],
    ["function f(x, z) {}\nconst g = (x) => x;\nexport { f, g as h };", "f(x, z) 2", "h(x) 1"],
    ["function f(x, z) {}\nexport { type T, f as default };", "default(x, z) 2"],
    [
      "export const b = (x) => x;\nexport function a(x) {}\nexport default (x) => x;",
      "b(x) 1",
      "a(x) 1",
      "default(x) 1",
    ],
  ])("%s", (source, ...functions) => {
    expect(seen(source)).toEqual(functions);
  });
});

describe("a CommonJS module's functions are found too", () => {
  test.each<[source: string, ...functions: string[]]>([
    ["exports.f = (x, z) => x;", "f(x, z) 2"],
    ["module.exports.f = function (x, z) {};", "f(x, z) 2"],
    ["const f = (x, z) => x;\nexports.g = f;", "g(x, z) 2"],
    ["function f(x, z) {}\nmodule.exports = f;", "default(x, z) 2"],
    [
      "function f(x, z) {}\nmodule.exports = { f, g: f, h: (x) => x, one: 1, ...more };",
      "f(x, z) 2",
      "g(x, z) 2",
      "h(x) 1",
    ],
  ])("%s", (source, ...functions) => {
    expect(seen(source)).toEqual(functions);
  });
});

test.each([
  "// export function f(x, z) {}",
  "/* export const f = (x, z) => x; */",
  'const text = "export function f(x, z) {}";',
  "const text = `\nexport function f(x, z) {}\n`;",
  "const pattern = /export function f(x, z) {}/;",
  "function f(x, z) {}",
  'export { f } from "./f.js";',
  'export * from "./f.js";',
  "export type F = (x: T, z: T) => T;",
  "export interface F { (x: T, z: T): T }",
  "export class F { constructor(x, z) {} }",
  "export const weights = { f: (x, z) => x };",
  "export const list = [(x, z) => x], n = (1 + 2), text = 'f';",
  "export const f = new Loss((x, z) => x);",
  "export let later;",
  "reexports.f = (x, z) => x;",
  "exports.f == ((x, z) => x);",
])("nothing is found in %j", (source) => {
  expect(seen(source)).toEqual([]);
});

test("a comment that is a text, and a text that is in a comment, are told apart", () => {
  const source = `const a = "/*"; // it's
export const f = (x, z) => x; const b = "*/"; /* " */ export const g = (x, z) => x / 2 /* a */ / 3;`;
  expect(seen(source)).toEqual(["f(x, z) 2", "g(x, z) 2"]);
});

test("code is as long as its source, and has its lines", () => {
  const source = "const a = `x\ny`; // z\nf(/a\\/(/, 'b\\'c');";
  expect(codeOf(source)).toBe("const a =   \n  ;     \nf(      ,       );");
  expect(codeOf(source)).toHaveLength(source.length);
});

test("any text is read without an error", () => {
  const pieces =
    "export function const default f x , ( ) { } [ ] < > => = : ? ; / * // /* */ ' \" ` ${ \\ \n . async # é".split(
      " ",
    );
  const anyCode = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(" "));
  fc.assert(
    fc.property(fc.oneof(anyCode, fc.string({ maxLength: 200 })), (source) => {
      for (const { name } of exportedFunctions(codeOf(source))) expect(name).toMatch(/^[\w$]+$/);
    }),
    { numRuns: 3000, seed: 11 },
  );
});
