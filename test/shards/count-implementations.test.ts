import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { resolveLosses } from "../../src/losses/resolve.js";
import { countImplementations } from "../../src/shards/count-implementations.js";

const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

function countIn(name: string, text: string, asked?: string[]): number {
  writeFileSync(join(folder, name), text);
  return countImplementations(resolveLosses([join(folder, name)])[0], asked);
}

test.each([
  ["export function a() {}\nexport const b = 1;\nexport default a;", 3],
  ["export async function a() {}", 1],
  ["function a() {}\nfunction b() {}\nexport { a, b as c };", 2],
  ["function a() {}\nexport {\n  a as default,\n};", 1],
  ["exports.a = () => 1;\nexports.b = () => 2;\nif (exports.a == 3) {}", 2],
  ["module.exports = { a, b: c };", 2],
  ["export type T = number;", 1],
  ["", 1],
])("%j has %d", (text, expected) => {
  expect(countIn("loss.ts", text)).toBe(expected);
});

test("those that were not asked for don't count", () => {
  expect(countIn("asked.ts", "export const a = 1, b = 2;\nexport const c = 3;", ["c"])).toBe(1);
  expect(countIn("none.ts", "export const a = 1;", ["x"])).toBe(1);
});

test("one export is one; a file that is not there has one, which is an error later", () => {
  const [one, missing] = resolveLosses(["./loss.ts#a", join(folder, "missing.ts")]);
  expect([countImplementations(one), countImplementations(missing)]).toEqual([1, 1]);
});

test("of the catalogue, all that it has, or those that were asked for", () => {
  const [softplus, naive] = resolveLosses(["softplus", "log-sum-exp#naive"]);
  expect(countImplementations(softplus)).toBe(4);
  expect(countImplementations(softplus, ["naive", "library"])).toBe(2);
  expect(countImplementations(naive)).toBe(1);
});
