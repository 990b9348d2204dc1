import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadLosses } from "../../src/losses/load.js";
import { LoadError } from "../../src/losses/load-error.js";
import type { LossFunction } from "../../src/losses/loss.js";
import { isUserFile } from "../../src/losses/user-files.js";
import { firstUserFrame } from "../../src/losses/user-frames.js";
import { loadTfjs, type Tfjs } from "../../src/targets/tfjs.js";

const projects = "fixtures/user-losses";
let tf: Tfjs;

beforeAll(async () => {
  tf = await loadTfjs();
  await tf.setBackend("cpu");
});

async function only(path: string): Promise<LossFunction> {
  const { implementations } = await loadLosses(`${projects}/${path}`);
  expect(implementations).toHaveLength(1);
  return implementations[0].f;
}

/** The loss of one logit and its gradient. */
function at(f: LossFunction, x: number, z: number): [number, number] {
  return tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((logits) => f(logits, tf.tensor2d([[z]])).sum())(
      tf.tensor2d([[x]]),
    );
    return [value.dataSync()[0], grad.dataSync()[0]];
  });
}

describe("loadLosses", () => {
  it("takes the functions that a TypeScript file exports as implementations, in the order of the file", async () => {
    const loss = await loadLosses(`${projects}/typescript/cross-entropy.ts`);
    expect(loss).toMatchObject({
      name: "cross-entropy",
      source: "fixtures/user-losses/typescript/cross-entropy.ts",
      file: resolve(projects, "typescript/cross-entropy.ts"),
      reference: ["naive", "stable"],
      warnings: [],
    });
    for (const { f } of loss.implementations) {
      // softplus(1) and its derivative 1/(1+exp(-1))
      const [value, gradient] = at(f, 1, 0);
      expect(value).toBeCloseTo(1.3132616875, 6);
      expect(gradient).toBeCloseTo(0.7310585786, 6);
    }
  });

  it("takes one export on request", async () => {
    const loss = await loadLosses(`${projects}/typescript/cross-entropy.ts`, "stable");
    expect(loss.implementations.map(({ name }) => name)).toEqual(["stable"]);
    expect(loss.name).toBe("cross-entropy");
  });

  it("loads module.exports and require of CommonJS", async () => {
    const loss = await loadLosses(`${projects}/commonjs/hinge.cjs`);
    expect(loss.implementations.map(({ name }) => name)).toEqual(["squared", "plain"]);
    // (1 + 0.5)^2 and its derivative for a label of 0; 1 + 0.5 and 1
    expect(at(loss.implementations[0].f, 0.5, 0)).toEqual([2.25, 3]);
    expect(at(loss.implementations[1].f, 0.5, 0)).toEqual([1.5, 1]);
  });

  it("gives named imports of tfjs-core its gradients", async () => {
    // (1/2)^2, and 2 * 1/2 * 1/4
    expect(at(await only("modules/brier.mjs"), 0, 0)).toEqual([0.25, 0.25]);
  });

  it("waits for a top-level await", async () => {
    expect(at(await only("modules/waits.mjs"), 3, 0)).toEqual([4.5, 3]);
  });

  it.each([
    ["require", "tfjs-node/absolute.js", [4, 1]],
    ["import", "tfjs-node/huber.ts", [3.5, 1]],
  ])("stands in for tfjs-node by %s", async (_, path, expected) => {
    expect(at(await only(path), 4, 0)).toEqual(expected);
  });

  it("keeps the line numbers of TypeScript, in the file and in what it imports", async () => {
    const { implementations } = await loadLosses(`${projects}/typescript/cross-entropy.ts`);
    const lines = new Set<string>();
    const watched = tf.engine().runKernel;
    tf.engine().runKernel = function (this: unknown, ...args: Parameters<typeof watched>) {
      const frame = firstUserFrame(
        new Error().stack ?? "",
        (file) => isUserFile(file) && file.includes("fixtures"),
      );
      lines.add(`${args[0]} ${frame?.file.split("/").at(-1)}:${frame?.line}`);
      return watched.apply(this, args);
    } as typeof watched;
    try {
      for (const { f } of implementations) tf.tidy(() => void f(tf.tensor1d([1]), tf.tensor1d([0])));
    } finally {
      tf.engine().runKernel = watched;
    }
    expect([...lines]).toEqual(
      expect.arrayContaining([
        "Sigmoid cross-entropy.ts:7",
        "Multiply cross-entropy.ts:8",
        "Log cross-entropy.ts:9",
        "Add cross-entropy.ts:10",
        "Log1p softplus.ts:6",
      ]),
    );
  });

  it.each([
    [
      "the default export that has a name",
      "export function mse(x, z) { return x; }\nexport default mse;",
      ["mse"],
    ],
    ["several names", "const mse = (x) => x;\nexport { mse, mse as squared };", ["mse"]],
    [
      "all of that, beside another",
      "const mse = (x) => x;\nexport const mae = (x) => x;\nexport { mse as l2, mse };\nexport default mse;",
      ["l2", "mae"],
    ],
    [
      "names of a CommonJS module",
      "const f = (x) => x;\nmodule.exports = f;\nmodule.exports.mse = f;",
      ["mse"],
    ],
  ])("takes a function once: %s", async (_, text, names) => {
    const folder = mkdtempSync(join(tmpdir(), "aliases-"));
    try {
      const file = join(folder, text.includes("module.exports") ? "loss.cjs" : "loss.mjs");
      writeFileSync(file, text);
      const loss = await loadLosses(file);
      expect([loss.implementations.map(({ name }) => name), loss.reference]).toEqual([names, names]);
      for (const alias of Object.keys(await import(file)).filter((name) => name !== "module.exports")) {
        const { implementations } = await loadLosses(file, alias);
        expect(implementations.map(({ name }) => name)).toEqual([alias]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("leaves a function of three arguments out, and says so", async () => {
    const loss = await loadLosses(`${projects}/faulty/three-arguments.ts`);
    expect(loss.implementations.map(({ name }) => name)).toEqual(["plain"]);
    expect(loss.warnings).toEqual([expect.stringContaining("#weighted needs 3 arguments")]);
  });

  it.each([
    [
      "a missing file",
      "typescript/cros-entropy.ts",
      undefined,
      'does not exist. Did you mean "cross-entropy.ts"?',
    ],
    ["a missing folder", "nowhere/loss.ts", undefined, "there is no folder fixtures/user-losses/nowhere"],
    ["a folder", "typescript", undefined, "is a folder. A loss is a .ts, .mts, .cts, .js, .mjs or .cjs file"],
    ["another extension", "tfjs-node/package.json", undefined, 'has the extension ".json". A loss is a .ts'],
    ["no exports", "faulty/empty.ts", undefined, "exports no loss, nothing at all."],
    ["no functions", "faulty/no-functions.ts", undefined, "exports no loss, only alpha, Focal."],
    [
      "an unknown export",
      "typescript/cross-entropy.ts",
      "stabel",
      'Did you mean "stable"? It exports naive, stable,',
    ],
    [
      "a default export that is not there",
      "typescript/cross-entropy.ts",
      "default",
      'has no export "default"',
    ],
    [
      "an export that is a number",
      "typescript/cross-entropy.ts",
      "EPSILON",
      "#EPSILON is of type number; a loss is",
    ],
    [
      "an export that is a class",
      "faulty/no-functions.ts",
      "Focal",
      "#Focal is a class; a loss is a function",
    ],
    ["three arguments", "faulty/three-arguments.ts", "weighted", "#weighted needs 3 arguments, but"],
    [
      "a syntax error",
      "faulty/syntax-error.ts",
      undefined,
      "faulty/syntax-error.ts:5:24 does not parse: Unexpected token",
    ],
    [
      "a throw on import",
      "faulty/throws-on-import.ts",
      undefined,
      "gamma is not set (fixtures/user-losses/faulty/throws-on-import.ts:7)",
    ],
    [
      "a missing package",
      "faulty/missing-package.ts",
      undefined,
      'Run "npm install @losses-of-nobody/focal"',
    ],
    [
      "a missing import",
      "faulty/missing-file.mjs",
      undefined,
      'faulty/missing-file.mjs imports "./focal.js", and there is no such file',
    ],
  ])("explains %s", async (_, path, exportName, message) => {
    const loading = loadLosses(`${projects}/${path}`, exportName);
    await expect(loading).rejects.toThrow(LoadError);
    await expect(loading).rejects.toThrow(message);
  });
});
