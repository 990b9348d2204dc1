import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { audit, bash, folder, onTerminal } from "../audit.js";

const baseline = join(folder, "audit-baseline.json");
const QUICK = { targets: "cpu", points: 33, labels: [0] };
/** The baseline of a gate that passes. */
let accepted: string;

function config(name: string, losses: (string | object)[], more: object = {}): string {
  writeFileSync(join(folder, name), JSON.stringify({ ...QUICK, losses, ...more }));
  return name;
}

beforeAll(async () => {
  writeFileSync(
    join(folder, "says.mjs"),
    `import * as tf from "@tensorflow/tfjs";
     console.error("It has begun.");
     export const loss = (x, z) => tf.softplus(x).sub(x.mul(z));\n`,
  );
  config("accepted.json", ["softplus#naive"]);
  config("long.json", ["softplus#naive", { loss: "says.mjs", points: 100_000_001 }]);
  mkdirSync(join(folder, "new"));
  config("new/new.json", ["softplus#naive"]);
  expect(await audit(["gate", "--config", "accepted.json", "--update"])).toMatchObject({ exitCode: 0 });
  accepted = readFileSync(baseline, "utf8");
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends a gate with %d and what was found, and writes no baseline", async (signal, code) => {
  const before = accepted.replace('"seed": 0', '"seed": 7');
  writeFileSync(baseline, before);
  let isSent = false;
  const { stdout, exitCode } = await audit(
    ["gate", "--config", "long.json", "--update", "--report", "json"],
    {
      onOutput: (text, child) => {
        if (isSent || !text.includes("It has begun.")) return;
        isSent = true;
        child.kill(signal);
      },
    },
  );
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ interrupted: true, exitCode: code, cured: [] },
    baseline: { written: false },
  });
  // By a hang-up it ends as others do: by the signal itself.
  expect(exitCode).toBe(signal === "SIGHUP" ? null : code);
  expect(readFileSync(baseline, "utf8")).toBe(before);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  writeFileSync(baseline, accepted);
});

test("a gate whose reader has gone is neither passed nor failed", async () => {
  const { stderr, exitCode } = await bash("$AUDIT gate --config accepted.json --quiet | true");
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 141 });
});

test("a gate whose streams are closed says what came of it by its exit code", async () => {
  const line =
    "$AUDIT gate --config accepted.json --quiet >&- 2>&- <&-; echo $?; $AUDIT gate --config new/new.json >&- 2>&- <&-; echo $?";
  expect((await bash(line)).stdout).toBe("0\n1\n");
});

const ESCAPE = "\u001b";

test.each<[string, Record<string, string>, allowed: string]>([
  ["TERM=dumb", { TERM: "dumb" }, ""],
  // A line of progress is still rewritten.
  ["NO_COLOR", { NO_COLOR: "1" }, `${ESCAPE}[K`],
])("%s gets no colours of a gate", async (_, env, allowed) => {
  const { stdout, exitCode } = await onTerminal("$AUDIT gate --config new/new.json", { env });
  expect(stdout).toContain("audit gate fails");
  expect(stdout.replaceAll(allowed, "")).not.toContain(ESCAPE);
  expect(exitCode).toBe(1);
});

test("a terminal that changes its size while a gate runs is no matter", async () => {
  const sizes = [30, 200, 1, 80].map((columns) => `sleep 0.3; stty cols ${columns} < /dev/tty`).join("; ");
  const { stdout, exitCode } = await onTerminal(
    `(${sizes}) & $AUDIT gate --config new/new.json; code=$?; wait; exit $code`,
  );
  expect(stdout).toContain("audit gate fails");
  expect(exitCode).toBe(1);
});
