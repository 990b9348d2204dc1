#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { run } from "../dist/src/cli/run.js";

await run({ root: fileURLToPath(new URL("..", import.meta.url)) });
