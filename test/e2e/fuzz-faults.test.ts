import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { FuzzFinding, FuzzReport } from "../../src/fuzz/report.js";
import { audit, bash, userFile } from "./audit.js";

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/user-losses/fuzz/${name}`, import.meta.url));

const few = ["--seed", "1", "--runs", "100", "--property", "nan,overflow,throws"];

async function report(args: string[]): Promise<FuzzReport & { code: number | null }> {
  const { stdout, exitCode } = await audit(["fuzz", ...args, "--json"]);
  return { ...JSON.parse(stdout), code: exitCode };
}

test("a loss that ends or hangs its process on some inputs is named with one, and the others are searched", async () => {
  const { errors, audited, findings, code } = await report([fixture("fatal.ts"), ...few, "--timeout", "6"]);
  const messages: Record<string, string> = Object.fromEntries(
    errors.map(({ implementation, message }) => [implementation, message]),
  );
  expect(Object.keys(messages).sort()).toEqual(["exits", "hangs"]);
  expect(messages.exits).toMatch(/ ended with exit code 3, as by process\.exit\. .* It was given /);
  expect(messages.hangs).toMatch(/^It did not come back within 6 s and was stopped\. .* It was given /);
  for (const message of Object.values(messages)) {
    const [, given] = message.split("It was given ");
    const numbers = [...given.matchAll(/-?\d+(\.\d+)?(e[+-]\d+)?/g)].map(([text]) => Number(text));
    expect(numbers.some((x) => x > 60 && x < 900)).toBe(true);
  }
  expect(audited).toMatchObject({ losses: 1, implementations: 1 });
  expect({ findings, code }).toEqual({ findings: [], code: 2 });
});

test("where it throws is a finding with the boundary; what can never be audited is said, and the rest is searched", async () => {
  const { errors, audited, findings, code } = await report([fixture("picky.ts"), ...few]);
  // The float32 above 50, whose ulp is 2^-18, up to the largest logit.
  const region = {
    from: { value: 50 + 2 ** -18, bits: "0x42480001" },
    to: { value: 10_000, bits: "0x461c4000" },
  };
  const thrown = (quantity: "value" | "gradient") => ({
    ...{ implementation: "throwsAbove50", kind: "throws", quantity, severity: "error", region },
    message: `The ${quantity} throws: 50 is the most.`,
    worst: { computed: null },
  });
  const byQuantity = (a: FuzzFinding, b: FuzzFinding) => (a.quantity < b.quantity ? -1 : 1);
  expect([...findings].sort(byQuantity)).toMatchObject([thrown("gradient"), thrown("value")]);
  expect(errors.map(({ implementation, message }) => [implementation, message])).toEqual([
    [
      "throwsAlways",
      expect.stringMatching(/^The function throws for all inputs that were tried: Not today \(/),
    ],
    ["promises", expect.stringMatching(/^The function is async: it returns a promise\. .* Drop "async"/)],
    [
      "wrongShape",
      expect.stringMatching(/^The function returns a tensor of shape \[3, 5\] for logits of shape /),
    ],
  ]);
  expect({ implementations: audited.implementations, code }).toEqual({ implementations: 2, code: 2 });
});

test("files that are no losses are each one clear error, and do not keep a good one from being searched", async () => {
  const files = [
    "./missing.mjs",
    userFile("no-functions.mjs", "export const alpha = 2;\n"),
    userFile("syntax-error.mjs", "export const = 1;\n"),
    userFile("throws-on-import.mjs", 'throw new Error("No way");\n'),
  ];
  const { stdout, stderr, exitCode } = await audit(["fuzz", ...files, "softplus#naive", ...few, "--quiet"]);
  const lines = stdout.replaceAll("\n  ", " ");
  expect(lines).toMatch(/^not audited {2}\.\/missing\.mjs on cpu: \.\/missing\.mjs does not exist\. /m);
  expect(lines).toMatch(/^not audited {2}\.\/no-functions\.mjs on cpu: .* exports no loss, only alpha\. /m);
  expect(lines).toMatch(
    /^not audited {2}\.\/syntax-error\.mjs on cpu: syntax-error\.mjs:1:14 does not parse: /m,
  );
  expect(lines).toMatch(
    /^not audited {2}\.\/throws-on-import\.mjs on cpu: .* throws when it is imported: No way /m,
  );
  expect(lines).toMatch(/^error {2}softplus naive on cpu: the value overflows /m);
  expect(lines).toMatch(/: 2 errors, 0 warnings,\s0 notes; 4 audits failed\.$/m);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 2 });
});

test("a model that is not there is said, file or export", async () => {
  const [file, name] = await Promise.all([
    bash("$AUDIT fuzz softplus#naive --runs 32 --train ./no-model.ts"),
    bash(`$AUDIT fuzz softplus#naive --runs 32 --train ${fixture("model.ts")}#nothing`),
  ]);
  expect(file.stdout.replaceAll("\n  ", " ")).toMatch(
    /^not audited {2}softplus#naive on cpu: \.\/no-model\.ts does not exist\. A model is a /m,
  );
  expect(name.stdout.replaceAll("\n  ", " ")).toMatch(/ has no export "nothing"\. It exports mistaken\.$/m);
  expect([file.exitCode, name.exitCode]).toEqual([2, 2]);
});
