import { expect, test } from "vitest";
import { withBareFlag } from "../../src/cli/bare-flag.js";
import { type GateFlags, gateConfig, gateOptions } from "../../src/cli/gate-options.js";
import { InputError } from "../../src/inputs/input-error.js";

const flags = (more: Partial<GateFlags> = {}): GateFlags => ({ update: false, prune: false, ...more });

test("a flag without a value gets an empty one, but for what comes after --", () => {
  expect(withBareFlag("changed", ["--changed", "softplus", "--changed=main", "--", "--changed"])).toEqual([
    "--changed=",
    "softplus",
    "--changed=main",
    "--",
    "--changed",
  ]);
});

test("flags go into the configuration under their names; a budget turns the search on", () => {
  expect(gateConfig(flags())).toEqual({});
  expect(
    gateConfig(
      flags({
        target: "cpu,wasm",
        baseline: "b.json",
        "fail-on": "warning",
        timeout: "5",
        runs: "7",
        seed: "3",
      }),
    ),
  ).toEqual({
    targets: ["cpu", "wasm"],
    baseline: "b.json",
    "fail-on": "warning",
    timeout: 5,
    fuzz: { runs: 7 },
  });
});

test("targets, the seed and the losses that are named restrict the gate", () => {
  expect(
    gateOptions(["softplus"], flags({ target: "cpu", seed: "3", changed: "main", prune: true })),
  ).toEqual({
    losses: ["softplus"],
    targets: ["cpu"],
    seed: 3,
    changed: "main",
    update: false,
    prune: true,
  });
});

test.each<[Partial<GateFlags>, RegExp]>([
  [{ runs: "0" }, /^--runs 0 tries nothing/],
  [{ time: "0" }, /^--time 0 tries nothing/],
  [{ runs: "5", time: "5" }, /^--runs and --time both say/],
  [{ baseline: " " }, /^--baseline takes the path of a file/],
  [{ "fail-on": "fatal" }, /^--fail-on does not know "fatal"/],
  [{ target: "gpu" }, /^--target does not know "gpu"/],
])("%j is refused", (given, reason) => {
  expect(() => gateConfig(flags(given))).toThrow(InputError);
  expect(() => gateConfig(flags(given))).toThrow(reason);
});

test("a base that stands after a blank is taken for what it is, and the cure is said", () => {
  for (const base of ["main", "origin/main", "HEAD~2"]) {
    expect(() => gateOptions([base], flags({ changed: "" }))).toThrow(
      `${base} is no loss. If losses that have changed since ${base} are meant, write --changed=${base}.`,
    );
  }
  expect(gateOptions(["softplus#naive", "./package.json"], flags({ changed: "" })).changed).toBe("");
});
