// Builds a checkout after `npm ci`. npm 10 runs this again each time that npx starts a command of the checkout,
// so what is built stays: without this, every `npx audit` would wait for the compiler.
import { execSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const built = existsSync(`${root}dist/src/cli/run.js`);
if (process.env.npm_command !== "exec" || !built) execSync("npm run build", { cwd: root, stdio: "inherit" });
