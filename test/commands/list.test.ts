import { Chalk } from "chalk";
import { expect, test } from "vitest";
import { catalogue } from "../../src/losses/catalogue.js";
import { catalogueText } from "../../src/report/catalogue-text.js";
import { audit } from "../e2e/audit.js";

const text = catalogueText(catalogue, { columns: 80, colour: new Chalk({ level: 0 }) });

test("every loss and implementation is listed with its formula and source, in 80 columns", () => {
  const joined = text.replaceAll(/\n +/g, " ");
  for (const loss of catalogue) {
    for (const part of [loss.name, loss.summary, loss.formula, loss.source]) expect(joined).toContain(part);
    for (const { name, formula, source } of loss.implementations) {
      expect(text).toMatch(new RegExp(`^  ${name}  `, "m"));
      expect(joined).toContain(formula);
      expect(joined).toContain(source);
    }
  }
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("audit list prints it", async () => {
  const { stdout, stderr, exitCode } = await audit(["list"]);
  expect(stdout).toBe(text);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});

test("audit list --json holds the same", async () => {
  const { stdout } = await audit(["list", "--json"]);
  const { schema, command, losses } = JSON.parse(stdout);
  expect({ schema, command }).toEqual({ schema: 1, command: "list" });
  expect(losses).toEqual(JSON.parse(JSON.stringify(catalogue)));
});
