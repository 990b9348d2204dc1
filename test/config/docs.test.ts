import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { keysAt } from "../../src/config/schema.js";
import { project } from "./project.js";

const text = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");

test("the page on the configuration has every key", () => {
  const keys = [[], ["losses", 0], ["fuzz"], ["severities"], ["ignore", 0]].flatMap(keysAt);
  expect(keys.filter((key) => !text.includes(`\`${key}\``) && !text.includes(`${key}: `))).toEqual([]);
});

test("its example can be loaded", async () => {
  const [, example] = /```ts\n(\/\/ audit\.config\.ts\n[\s\S]*?)```/.exec(text) ?? [];
  const folder = project({ "audit.config.ts": example });
  const { config } = await loadConfig(join(folder, "audit.config.ts"));
  expect(config.losses).toHaveLength(3);
});
