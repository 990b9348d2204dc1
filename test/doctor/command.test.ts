import { expect, test } from "vitest";
import { audit } from "../e2e/audit.js";

test("audit doctor looks at every target and exits with 0, with the same facts in text and JSON", async () => {
  const [text, json] = await Promise.all([audit(["doctor"]), audit(["doctor", "--json"])]);
  expect([text.exitCode, json.exitCode]).toEqual([0, 0]);
  const report = JSON.parse(json.stdout);
  expect(report).toMatchObject({ schema: 1, command: "doctor", exitCode: 0 });
  for (const { name, ready } of report.targets) {
    expect(text.stdout).toMatch(new RegExp(`^${name} +${ready ? "ready" : "missing"} `, "m"));
  }
  expect(text.stdout).toMatch(/^NaN survives maximum +yes +no\b/m);
  expect(Math.max(...text.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
}, 180_000);

test("a time that makes no sense is refused", async () => {
  const { stdout, stderr, exitCode } = await audit(["doctor", "--timeout", "soon"]);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain("--timeout takes a number");
});
