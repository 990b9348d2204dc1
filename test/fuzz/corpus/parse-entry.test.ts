import { describe, expect, it } from "vitest";
import { parseEntry, REPAIR } from "../../../src/fuzz/corpus/parse-entry.js";
import { InputError } from "../../../src/inputs/input-error.js";
import { version } from "../../../src/version.js";
import { fullEntry, smallEntry } from "./samples.js";

/** The full entry of this version as JSON holds it, with the value at a path replaced, or removed. */
function documentWith(path: string, value: unknown): unknown {
  const document = JSON.parse(JSON.stringify({ ...fullEntry(), version }));
  const keys = path.split(".");
  const last = keys.pop() as string;
  const parent = keys.reduce((object, key) => object[key], document);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return document;
}

function refusal(document: unknown): string {
  try {
    parseEntry(document);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as Error).message;
  }
  throw new Error("It was read.");
}

describe("parseEntry", () => {
  it("reads every key, and an entry that has none of the optional ones", () => {
    expect(parseEntry(fullEntry())).toEqual(fullEntry());
    expect(parseEntry(smallEntry())).toEqual(smallEntry());
  });

  it.each([
    [null, "it is null, but must be an object"],
    [[1], "it is a list of 1, but must be an object"],
    ["text", 'it is "text", but must be an object'],
    [{}, "schema is missing, but must be a whole number from 1 on"],
  ])("refuses the document %j", (document, message) => {
    expect(refusal(document)).toBe(`${message}. ${REPAIR}`);
  });

  const kinds =
    "overflow, nan, underflow, inaccurate, dead-gradient, wrong-sign, throws, unresolved, semantic, formula, divergence, training";
  const bits = "0x and 8 hexadecimal digits";
  it.each<[string, unknown, string]>([
    ["version", 1, "version is 1, but must be a text"],
    ["version", undefined, "version is missing, but must be a text"],
    ["id", undefined, "id is missing, but must be a text"],
    ["id", "", 'id is "", but must be a text'],
    ["loss", 7, "loss is 7, but must be a text"],
    ["implementation", null, "implementation is null, but must be a text"],
    ["target", {}, "target is an object, but must be a text"],
    ["message", undefined, "message is missing, but must be a text"],
    ["quantity", "Value", 'quantity is "Value", but must be one of value, gradient'],
    ["kind", "nam", `kind is "nam", but must be one of ${kinds}`],
    ["kind", "toString", `kind is "toString", but must be one of ${kinds}`],
    ["severity", true, "severity is true, but must be one of error, warning, note"],
    ["from", undefined, "from is missing, but must be one of logits, probabilities"],
    ["rtol", -1, "rtol is -1, but must be a number from 0 on"],
    ["atol", "NaN", 'atol is "NaN", but must be a number from 0 on'],
    ["with", "stable", 'with is "stable", but must be a list'],
    ["with.1", 3, "with[1] is 3, but must be a text"],
    ["parameters", [], "parameters is a list of 0, but must be an object"],
    [
      "parameters.alpha",
      "two",
      'parameters.alpha is "two", but must be a number, or "NaN", "Infinity", "-Infinity", "-0"',
    ],
    ["kernel", 0, "kernel is 0, but must be a text"],
    ["against", "", 'against is "", but must be a text'],
    ["training", 1, "training is 1, but must be an object"],
    [
      "training.optimizer",
      "adam",
      'training.optimizer is "adam", but must be one of gradient descent, momentum, Adam',
    ],
    ["training.learningRate", null, "training.learningRate is null, but must be a number from 0 on"],
    ["training.steps", 1.5, "training.steps is 1.5, but must be a whole number from 0 on"],
    ["training.outcome", "none", 'training.outcome is "none", but must be one of nan, infinity, stuck'],
    ["training.start.0.bits", "0x8000000", `training.start[0].bits is "0x8000000", but must be ${bits}`],
    ["training.survivors", undefined, "training.survivors is missing, but must be a list"],
    ["index", 2, "index is 2, but must be below 2, the number of logits"],
    ["index", -1, "index is -1, but must be a whole number from 0 on"],
    ["example", undefined, "example is missing, but must be an object"],
    ["example.shape.0", 0, "example.shape[0] is 0, but must be a whole number from 1 on"],
    ["example.shape.1", 3, "example.logits is a list of 2, but must be 3 numbers, as the shape [1, 3] has"],
    ["example.labels", [], "example.labels is a list of 0, but must be 2 numbers, as the shape [1, 2] has"],
    ["example.logits.0", 88.72284, "example.logits[0] is 88.72284, but must be an object"],
    ["example.logits.0.bits", 1118925336, `example.logits[0].bits is 1118925336, but must be ${bits}`],
    ["example.logits.0.bits", "42b17218", `example.logits[0].bits is "42b17218", but must be ${bits}`],
    [
      "example.logits.0.value",
      88.7,
      "example.logits[0].value is 88.7, but must be 88.72284, as its bits 0x42b17218 say",
    ],
    [
      "example.logits.0.value",
      "88.72284",
      'example.logits[0].value is "88.72284", but must be a number, or "NaN", "Infinity", "-Infinity", "-0"',
    ],
    [
      "example.logits.1.value",
      "Infinity",
      'example.logits[1].value is "Infinity", but must be -Infinity, as its bits 0xff800000 say',
    ],
    [
      "example.labels.1.value",
      0,
      "example.labels[1].value is 0, but must be NaN, as its bits 0x7fc00000 say",
    ],
    [
      "example.labels.0.value",
      "NaN",
      'example.labels[0].value is "NaN", but must be 1, as its bits 0x3f800000 say',
    ],
    ["training.start.0.value", 0, "training.start[0].value is 0, but must be -0, as its bits 0x80000000 say"],
  ])("refuses where %s is %j, and says what must be there", (path, value, message) => {
    expect(refusal(documentWith(path, value))).toBe(`${message}. ${REPAIR}`);
  });

  it.each([
    ["one ulp above", 88.72285],
    ["one ulp below", 88.72283],
    ["out of float32", 1e39],
  ])("refuses a decimal that is %s", (_, value) => {
    expect(refusal(documentWith("example.logits.0.value", value))).toMatch(/must be 88\.72284/);
  });

  it("tells 0 from -0 in either form", () => {
    const zero = { value: 0, bits: "0x00000000" };
    expect(refusal(documentWith("example.labels.0", { ...zero, value: -0 }))).toMatch(/must be 0,/);
    expect(refusal(documentWith("example.labels.0", { ...zero, value: "-0" }))).toMatch(/must be 0,/);
    expect(parseEntry(documentWith("example.labels.0", zero)).example.labels[0]).toEqual(zero);
  });

  it("reads a decimal with all digits of a float64, and bits in capitals", () => {
    const document = documentWith("example.logits.0", { value: 88.72283935546875, bits: "0x42B17218" });
    expect(parseEntry(document).example.logits[0]).toEqual({ value: 88.72283935546875, bits: "0x42b17218" });
  });

  it("reads any NaN as the one that JavaScript has", () => {
    const document = documentWith("example.logits.0", { value: "NaN", bits: "0xff800001" });
    expect(parseEntry(document).example.logits[0]).toEqual({ value: "NaN", bits: "0x7fc00000" });
  });

  it("reads an entry of any version that has keys of its own", () => {
    const document = { ...fullEntry(), version: "9.9.9", mood: "hopeful" };
    expect(parseEntry(document)).toEqual({ ...fullEntry(), version: "9.9.9" });
  });

  it("says which version wrote what it can't read", () => {
    expect(refusal({ ...fullEntry(), version: "9.9.9", kind: "drift" })).toMatch(
      new RegExp(`^kind is "drift", .* \\(written by audit 9\\.9\\.9, this is ${version}\\)\\.`),
    );
  });

  it("refuses a newer schema before anything else, and names both", () => {
    expect(refusal({ schema: 2, version: "9.9.9" })).toBe(
      `its schema is 2, and only 1 is known (written by audit 9.9.9, this is ${version}). Update audit.`,
    );
    expect(refusal({ schema: 2 })).toBe("its schema is 2, and only 1 is known. Update audit.");
  });

  it("shows no more than the start of what is long", () => {
    expect(refusal(documentWith("severity", "x".repeat(1e6)))).toMatch(/^severity is "x{59}…, but must/);
  });
});
