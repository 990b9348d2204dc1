import { expect, test } from "vitest";
import { targets } from "../../src/targets/names.js";
import { audit } from "../e2e/audit.js";
import { EXPECTED } from "../targets/expected.js";

const pages = targets.filter(({ place }) => place === "page").map(({ name }) => name);

test("audit doctor looks at every target and exits with 0, with the same facts in text and JSON", async () => {
  const text = await audit(["doctor"]);
  expect(text.exitCode).toBe(0);
  // Pages take long to start, and once is enough.
  const json = await audit(["doctor", "--json"], { env: { CHROME_PATH: "/nowhere" } });
  const report = JSON.parse(json.stdout);
  expect([report, json.exitCode]).toMatchObject([{ schema: 1, command: "doctor", exitCode: 0 }, 0]);
  for (const { name, ready } of report.targets) {
    const state = pages.includes(name) ? "(ready|missing)" : ready ? "ready" : "missing";
    expect(text.stdout).toMatch(new RegExp(`^${name} +${EXPECTED.includes(name) ? "ready" : state} `, "m"));
    if (pages.includes(name)) expect(ready).toBe(false);
  }
  expect(text.stdout).toMatch(/^NaN survives maximum +yes +no\b/m);
  expect(Math.max(...text.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
}, 180_000);

test("a time that makes no sense is refused", async () => {
  const { stdout, stderr, exitCode } = await audit(["doctor", "--timeout", "soon"]);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain("--timeout takes a number");
});
