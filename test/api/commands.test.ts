import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a command may import: how it is told, what it prints with, the words of its help, and the interface. */
const ALLOWED = [
  /^@oclif\//,
  /\/cli\/[\w-]+\.js$/,
  /^\.\/[\w-]+\.js$/,
  /\/(config|report)\/[\w-]+\.js$/,
  /\/index\.js$/,
  /\/(defaults|names)\.js$/,
];

/** Values only: a type runs nothing. */
function importsOf(path: string): string[] {
  const text = readFileSync(root + path, "utf8");
  const statements = text.matchAll(/^import (?!type )[^;]*?from "([^"]+)";|\bimport\("([^"]+)"\)/gm);
  return Array.from(statements, ([, from, dynamic]) => from ?? dynamic);
}

test.each(["sweep", "fuzz", "gate", "explain"])(
  "audit %s does its work through the interface alone",
  (name) => {
    const files = [`commands/${name}.ts`, `src/cli/run-${name}.ts`];
    for (const file of files) {
      expect(existsSync(root + file), file).toBe(true);
      const others = importsOf(file).filter((from) => !ALLOWED.some((pattern) => pattern.test(from)));
      expect(others, file).toEqual([]);
    }
    expect(importsOf(files[1])).toContain("../index.js");
  },
);
