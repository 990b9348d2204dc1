import { expect, test } from "vitest";
import { fromJsonNumber, jsonText, toJsonNumber } from "../../src/report/json.js";
import { sampleReport } from "./sample-report.js";

test.each([0, -0, 1, 17.32868, 5e-324, Number.MAX_VALUE, Number.NaN, Infinity, -Infinity])(
  "%d survives",
  (x) => {
    expect(fromJsonNumber(JSON.parse(JSON.stringify(toJsonNumber(x))))).toBe(x);
  },
);

test("numbers that JSON cannot hold are written by name, at any depth", () => {
  const text = jsonText({ a: [Number.NaN, { b: -Infinity }], c: Infinity, d: -0, e: 0 });
  expect(JSON.parse(text)).toEqual({ a: ["NaN", { b: "-Infinity" }], c: "Infinity", d: "-0", e: 0 });
});

test("a report comes back as it was, keys in its order, and ends with a newline", () => {
  const text = jsonText(sampleReport);
  expect(JSON.parse(text)).toEqual(sampleReport);
  expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(sampleReport));
  expect(text.endsWith("}\n")).toBe(true);
});
