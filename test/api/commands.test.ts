import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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
function importsOf(path: string, { isDynamic = true } = {}): string[] {
  const text = readFileSync(root + path, "utf8");
  const now = /^(?:import|export) (?!type )[^;=]*?from "([^"]+)";/gm;
  const later = isDynamic ? /\bimport\("([^"]+)"\)/g : /$^/g;
  return [now, later].flatMap((pattern) => Array.from(text.matchAll(pattern), ([, from]) => from));
}

/** All files that are loaded with one, and the packages that they import. */
function loadedWith(path: string, known = new Set<string>()): Set<string> {
  if (known.has(path)) return known;
  known.add(path);
  if (!path.endsWith(".ts")) return known;
  for (const from of importsOf(path, { isDynamic: false })) {
    const file = from.startsWith(".") ? join(dirname(path), from).replace(/\.js$/, ".ts") : from;
    loadedWith(file, known);
  }
  return known;
}

test("the interface loads little before it is called: a configuration may import it", () => {
  const loaded = [...loadedWith("src/index.ts")];
  expect(loaded.filter((file) => !file.startsWith("src/"))).toEqual(["node:path"]);
  expect(loaded.length).toBeLessThan(10);
});

test.each(["sweep", "fuzz", "gate", "explain", "merge"])(
  "audit %s does its work through the interface alone",
  (name) => {
    const files = [`commands/${name}.ts`, `src/cli/run-${name}.ts`, "src/cli/run-shard.ts"];
    for (const file of files) {
      expect(existsSync(root + file), file).toBe(true);
      const others = importsOf(file).filter((from) => !ALLOWED.some((pattern) => pattern.test(from)));
      expect(others, file).toEqual([]);
    }
    expect(importsOf(files[1])).toContain("../index.js");
  },
);
