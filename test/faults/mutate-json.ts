import type { Random } from "../../src/inputs/random.js";
import type { Mutated } from "./mutate-bytes.js";

type Path = readonly (string | number)[];

/** What JSON has a text for that nothing in JavaScript is written as, by what stands for it in a document. */
const raw: Record<string, string> = {
  "@deep list": "[".repeat(100_000) + "]".repeat(100_000),
  "@deep object": `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
  "@beyond": "1e400",
  "@below": "-1e400",
  "@long number": "9".repeat(5000),
  "@minus zero": "-0",
  "@surrogate": '"\\ud800"',
};

const TERMINAL = "\u001b[2J\u0007\u009b31m\u202e\u0000";
const LONG = "long ".repeat(40_000);

const values: unknown[] = [
  ...[null, true, false, 0, 1, -1, 0.5, 2 ** 53, 1e308, 5e-324, 3.5e38, "", " ", "0", "NaN", "Infinity"],
  ...["-Infinity", "-0", "nan", "1", "*", "!", "#", "/", "..", "\\", "é", "😀", TERMINAL, LONG],
  ...["__proto__", "error", "note", "warning", "cpu", "0x7fc00000", "0x00000000"],
  ...[[], {}, [[]], [null], [1, 2], { a: 1 }, ...Object.keys(raw)],
];

const names = [
  "__proto__",
  "constructor",
  "toString",
  "length",
  "",
  "0",
  "a.b",
  "é",
  TERMINAL,
  LONG,
  "schema",
];

/** A JSON document in a file with one thing changed, or with two or three: what a hand, a merge or another version does. */
export function mutatedJson(text: string, random: Random): Mutated {
  const done: string[] = [];
  let document: unknown = JSON.parse(text);
  for (let n = random.integer(1, 3); n > 0; n--) {
    const paths = pathsIn(document);
    const path = paths[random.integer(0, paths.length - 1)];
    const [how, change] = pick(Object.entries(changes), random);
    done.push(`${how} at ${path.join(".").slice(0, 60)}`);
    document = changedAt(document, path, (old) => change(old, random, document));
  }
  const written = JSON.stringify(document, null, 2) ?? "";
  const bytes = Buffer.from(written.replace(/"(@[a-z ]+)"/g, (found, name: string) => raw[name] ?? found));
  return { how: done.join(", "), bytes: random.integer(0, 9) === 0 ? keyTwice(bytes, random) : bytes };
}

type Change = (old: unknown, random: Random, document: unknown) => unknown;

const changes: Record<string, Change> = {
  "another value": (_, random) => pick(values, random),
  "the value of another place": (_, random, document) => {
    const paths = pathsIn(document);
    return valueAt(document, pick(paths, random));
  },
  "a number moved": (old, random) =>
    typeof old === "number" ? old + pick([-1, 1, 1e-3, 1e10], random) : old,
  "a key gone, or an item": (old, random) => {
    if (Array.isArray(old)) return old.filter((_, i) => i !== random.integer(0, old.length - 1));
    const entries = Object.entries(Object(old));
    const gone = random.integer(0, Math.max(entries.length - 1, 0));
    return typeof old === "object" ? Object.fromEntries(entries.filter((_, i) => i !== gone)) : old;
  },
  "a key more, or an item": (old, random) => {
    if (Array.isArray(old)) return [...old, pick([...values, ...old], random)];
    if (typeof old !== "object") return old;
    return Object.fromEntries([...Object.entries(Object(old)), [pick(names, random), pick(values, random)]]);
  },
  "another key": (old, random) => {
    if (typeof old !== "object" || Array.isArray(old)) return old;
    const entries = Object.entries(Object(old));
    const at = random.integer(0, Math.max(entries.length - 1, 0));
    return Object.fromEntries(
      entries.map(([key, value], i) => [i === at ? pick(names, random) : key, value]),
    );
  },
  "an item twice": (old, random) =>
    Array.isArray(old) && old.length > 0 ? [...old, pick(old, random)] : old,
  "the reverse": (old) => (Array.isArray(old) ? [...old].reverse() : old),
};

/** The first key of one line of an object written once more before the end of that line, with another value. */
function keyTwice(bytes: Buffer, random: Random): Buffer {
  const lines = bytes.toString().split("\n");
  const at = random.integer(0, lines.length - 1);
  const key = /^\s*("[^"]*"): .*,$/.exec(lines[at])?.[1];
  if (key !== undefined) lines.splice(at, 0, `${key}: ${JSON.stringify(pick(values, random))},`);
  return Buffer.from(lines.join("\n"));
}

function pathsIn(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([key, item]) =>
    pathsIn(item).map((path) => [Array.isArray(value) ? Number(key) : key, ...path]),
  );
  return [[], ...inner];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function changedAt(value: unknown, [key, ...path]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? changedAt(item, path, change) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [
      name,
      name === key ? changedAt(item, path, change) : item,
    ]),
  );
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.integer(0, items.length - 1)];
}
