import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { audit, bash, folder, onTerminal } from "../audit.js";

/** The baseline of a gate that passes. */
let accepted: string;

/** A project in a folder of its own; gives how to name its configuration. */
function project(name: string, losses: (string | object)[]): string {
  mkdirSync(join(folder, name));
  const config = { targets: "cpu", points: 33, labels: [0], losses };
  writeFileSync(join(folder, name, "audit.config.json"), JSON.stringify(config));
  return `--config=${name}/audit.config.json`;
}

beforeAll(async () => {
  const passes = project("passes", ["softplus#naive"]);
  project("fails", ["softplus#naive"]);
  writeFileSync(
    join(folder, "says.mjs"),
    `import * as tf from "@tensorflow/tfjs";
     console.error("It has begun.");
     export const loss = (x, z) => tf.softplus(x).sub(x.mul(z));\n`,
  );
  expect(await audit(["gate", passes, "--update"])).toMatchObject({ exitCode: 0 });
  accepted = readFileSync(join(folder, "passes", "audit-baseline.json"), "utf8");
});

test.concurrent.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends a gate with %d and what was found, and writes no baseline", async (signal, code) => {
  const config = project(signal, ["softplus#naive", { loss: "../says.mjs", points: 100_000_001 }]);
  const before = accepted.replace('"seed": 0', '"seed": 7');
  writeFileSync(join(folder, signal, "audit-baseline.json"), before);
  let isSent = false;
  const { stdout, exitCode } = await audit(["gate", config, "--update", "--report", "json"], {
    onOutput: (text, child) => {
      if (isSent || !text.includes("It has begun.")) return;
      isSent = true;
      child.kill(signal);
    },
  });
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ interrupted: true, exitCode: code, cured: [] },
    baseline: { written: false },
  });
  // By a hang-up it ends as others do: by the signal itself.
  expect(exitCode).toBe(signal === "SIGHUP" ? null : code);
  expect(readFileSync(join(folder, signal, "audit-baseline.json"), "utf8")).toBe(before);
  expect(readdirSync(join(folder, signal)).sort()).toEqual(["audit-baseline.json", "audit.config.json"]);
});

test.concurrent("a gate whose reader has gone is neither passed nor failed", async () => {
  const { stderr, exitCode } = await bash("$AUDIT gate --config passes/audit.config.json --quiet | true");
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 141 });
});

test.concurrent("a gate whose streams are closed says what came of it by its exit code", async () => {
  const line =
    "$AUDIT gate --config passes/audit.config.json --quiet >&- 2>&- <&-; echo $?; $AUDIT gate --config fails/audit.config.json >&- 2>&- <&-; echo $?";
  expect((await bash(line)).stdout).toBe("0\n1\n");
});

const ESCAPE = "\u001b";

test.concurrent.each<[string, Record<string, string>, allowed: string]>([
  ["TERM=dumb", { TERM: "dumb" }, ""],
  // A line of progress is still rewritten.
  ["NO_COLOR", { NO_COLOR: "1" }, `${ESCAPE}[K`],
])("%s gets no colours of a gate", async (_, env, allowed) => {
  const { stdout, exitCode } = await onTerminal("$AUDIT gate --config fails/audit.config.json", { env });
  expect(stdout).toContain("audit gate fails");
  expect(stdout.replaceAll(allowed, "")).not.toContain(ESCAPE);
  expect(exitCode).toBe(1);
});

test.concurrent("a terminal that changes its size while a gate runs is no matter", async () => {
  const sizes = [30, 200, 1, 80].map((columns) => `sleep 0.3; stty cols ${columns} < /dev/tty`).join("; ");
  const { stdout, exitCode } = await onTerminal(
    `(${sizes}) & $AUDIT gate --config fails/audit.config.json; code=$?; wait; exit $code`,
  );
  expect(stdout).toContain("audit gate fails");
  expect(exitCode).toBe(1);
});
