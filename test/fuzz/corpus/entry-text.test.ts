import { describe, expect, it } from "vitest";
import { entryText } from "../../../src/fuzz/corpus/entry-text.js";
import { parseEntry } from "../../../src/fuzz/corpus/parse-entry.js";
import { fullEntry, smallEntry } from "./samples.js";

const FULL = `{
  "schema": 1,
  "version": "0.1.0",
  "id": "my-loss/naive/cpu/gradient/nan/Log",
  "loss": "./my-loss.ts",
  "implementation": "naive",
  "target": "cpu",
  "quantity": "gradient",
  "kind": "nan",
  "severity": "error",
  "message": "The gradient is NaN.\\nIt is 0.",
  "from": "logits",
  "rtol": 0.0001,
  "atol": 0.000001,
  "with": ["stable", "clamped"],
  "parameters": {
    "alpha": 2,
    "beta": 0.1
  },
  "kernel": "Log",
  "against": "stable",
  "training": {
    "optimizer": "gradient descent",
    "learningRate": 0.1,
    "steps": 12,
    "outcome": "nan",
    "start": [
      {"value": "-0", "bits": "0x80000000"}
    ],
    "survivors": ["stable"]
  },
  "index": 1,
  "example": {
    "shape": [1, 2],
    "logits": [
      {"value": 88.72284, "bits": "0x42b17218"},
      {"value": "-Infinity", "bits": "0xff800000"}
    ],
    "labels": [
      {"value": 1, "bits": "0x3f800000"},
      {"value": "NaN", "bits": "0x7fc00000"}
    ]
  }
}
`;

/** The same object with its keys the other way round, down to the last. */
function backwards<T>(value: T): T {
  if (Array.isArray(value)) return value.map(backwards) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, x]) => [key, backwards(x)]),
  ) as T;
}

describe("entryText", () => {
  it("has one key, one number or one short list a line", () => {
    expect(entryText(fullEntry())).toBe(FULL);
  });

  it("does not depend on the order of keys, of the parameters either", () => {
    expect(entryText(backwards(fullEntry()))).toBe(FULL);
  });

  it("writes decimals from the bits", () => {
    const entry = fullEntry();
    entry.example.logits[0] = { value: 88.72283935546875, bits: "0x42B17218" };
    expect(entryText(entry)).toBe(FULL);
  });

  it("leaves out what is undefined", () => {
    const text = entryText({ ...smallEntry(), kernel: undefined });
    expect(text).not.toMatch(/"(with|parameters|kernel|against|training)"/);
    expect(JSON.parse(text)).toEqual(smallEntry());
  });

  it("is read back as the same entry", () => {
    expect(parseEntry(JSON.parse(FULL))).toEqual(fullEntry());
    expect(entryText(parseEntry(JSON.parse(FULL)))).toBe(FULL);
  });

  it("keeps parameters that JSON has no digits for, and strange names", () => {
    const parameters = Object.fromEntries([
      ["__proto__", Number.NaN],
      ["10", -0],
      ["9", Number.NEGATIVE_INFINITY],
      ["a b\n", 5e-324],
    ]);
    const read = parseEntry(JSON.parse(entryText(smallEntry({ parameters }))));
    expect(Object.entries(read.parameters ?? {})).toEqual([
      ["9", Number.NEGATIVE_INFINITY],
      ["10", -0],
      ["__proto__", Number.NaN],
      ["a b\n", 5e-324],
    ]);
  });

  it("writes empty lists and objects, which are read back", () => {
    const entry = { ...fullEntry(), with: [], parameters: {} };
    entry.training = { ...entry.training!, start: [], survivors: [] };
    expect(parseEntry(JSON.parse(entryText(entry)))).toEqual(entry);
  });

  it("shows one number that changed as one line that changed", () => {
    const entry = fullEntry();
    entry.example.logits[0] = { value: 0.1, bits: "0x3dcccccd" };
    const lines = entryText(entry).split("\n");
    const changed = FULL.split("\n").filter((line, i) => line !== lines[i]);
    expect(changed).toEqual(['      {"value": 88.72284, "bits": "0x42b17218"},']);
  });
});
