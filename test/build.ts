import { execSync } from "node:child_process";

/** Before the tests: they run what is built, see vitest.config.ts. */
export default function build(): void {
  execSync("npm run --silent build", { stdio: "inherit" });
}
