import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect } from "vitest";

const { id, $schema, ...schema } = JSON.parse(
  readFileSync(new URL("../../fixtures/schemas/sarif-2.1.0.json", import.meta.url), "utf8"),
);
// The schema is of draft 4, whose only difference here is the name of its id.
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isValid = ajv.compile(schema);

/** The run of a SARIF document, which must be valid and what GitHub takes. */
export function validRun(text: string) {
  const log = JSON.parse(text);
  isValid(log);
  expect(isValid.errors ?? []).toEqual([]);
  const [run] = log.runs;
  for (const result of run.results) {
    expect(result.locations.length).toBeGreaterThan(0); // or GitHub refuses the file
    const { uri } = result.locations[0].physicalLocation.artifactLocation;
    expect(uri).toMatch(/^[A-Za-z0-9._~!*'()%/-]+$/);
    expect(new URL(uri, "file:///root/").pathname).toMatch(/^\/root\/./);
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  }
  return run;
}
