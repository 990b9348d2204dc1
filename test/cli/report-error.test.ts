import { expect, test } from "vitest";
import { wantsJson } from "../../src/cli/report-error.js";

test.each([
  "--json",
  "softplus --report json",
  "--report=json",
  "--report sarif=a.sarif --report json,github",
  "--report=github,json",
])("%s asks for JSON on stdout", (line) => {
  expect(wantsJson(line.split(" "))).toBe(true);
});

test.each([
  "",
  "json",
  "--report",
  "--report json=a.json",
  "--report=markdown",
  "--config json",
  "-- --json",
  "-- --report json",
  "--report=jsonl",
])("%j does not", (line) => {
  expect(wantsJson(line.split(" "))).toBe(false);
});
