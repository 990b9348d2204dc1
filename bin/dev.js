#!/usr/bin/env -S node --import tsx
// `audit` from source, for development: the TypeScript is run as it is, nothing is built.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { settings } from "@oclif/core/settings";
import { run } from "../src/cli/run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pjson = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const fromSource = (path) => path.replace("./dist/", "./").replace(/\.js$/, ".ts");

// oclif's own transpiling can quietly run a stale dist.
settings.enableAutoTranspile = false;
await run({
  root,
  ignoreManifest: true,
  pjson: {
    ...pjson,
    oclif: {
      ...pjson.oclif,
      commands: "./commands",
      hooks: { command_not_found: fromSource(pjson.oclif.hooks.command_not_found) },
    },
  },
});
