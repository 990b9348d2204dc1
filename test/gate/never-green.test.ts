import { mkdirSync, rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import { gate, gateParts } from "../../src/gate/gate.js";
import { gateReport } from "../../src/gate/gate-report.js";
import { type GateOptions, planGate } from "../../src/gate/make-plan.js";
import { InputError } from "../../src/inputs/input-error.js";
import { NAIVE, Project, STABLE } from "./project.js";

const FILE = "loss.mjs";
const fresh = () => new Project().losses(FILE, { f: STABLE });

async function refused(project: Project, config: Config, options: GateOptions = {}): Promise<string> {
  const error = await planGate(project.config(config), options).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return error.message;
}

describe("refused before anything runs:", () => {
  test("nothing configured, and nothing named", async () => {
    expect(await refused(fresh(), {})).toBe(
      "There is nothing to audit. Name losses, or list them in a configuration: audit init writes one.",
    );
    const { config, folder } = fresh().config({});
    await expect(planGate({ config, folder, file: "audit.config.ts" })).rejects.toThrow(
      "There is nothing to audit: audit.config.ts has no losses. Name losses, or list them",
    );
  });

  test("a configuration that matches no file", async () => {
    expect(await refused(fresh(), { losses: ["losses/*.ts"] })).toContain('matches "losses/*.ts"');
  });

  test("an implementation that a loss of the catalogue does not have", async () => {
    const losses: Config["losses"] = [FILE, { loss: "softplus", implementation: ["naive", "librari"] }];
    expect(await refused(fresh(), { losses })).toContain(
      'There is no implementation "librari". Did you mean "library"? softplus has naive,',
    );
  });

  test("a loss that the configuration does not have", async () => {
    const project = fresh();
    const losses = [project.path("other.mjs")];
    expect(await refused(project, { losses: [FILE] }, { losses })).toContain("is not among the losses");
  });

  test.each<[Config, string]>([
    [{ losses: [FILE], points: 0 }, "points: 0 tries nothing"],
    [{ losses: [{ loss: FILE, points: 0 }] }, "points: 0 tries nothing"],
    [{ losses: [FILE], fuzz: { runs: 0 } }, "runs: 0 tries nothing"],
    [{ losses: [FILE], fuzz: { time: 0 } }, "time: 0 tries nothing"],
    [{ losses: [{ loss: FILE, fuzz: { runs: 0 } }] }, "runs: 0 tries nothing"],
  ])("a budget of 0: %j", async (config, reason) => {
    expect(await refused(fresh(), config)).toContain(reason);
  });

  test("an ignore that names nothing", async () => {
    expect(await refused(fresh(), { losses: [FILE], ignore: [{ reason: "why not" }] })).toContain(
      "ignore[0] names nothing, and would ignore every finding",
    );
  });

  test("a baseline that is named, and absent; the default one may be", async () => {
    const project = fresh();
    for (const options of [{}, { prune: true }]) {
      expect(await refused(project, { losses: [FILE], baseline: "accepted.json" }, options)).toMatch(
        /^There is no baseline .*accepted\.json\. Check the path, or make it with audit gate --update\.$/,
      );
    }
    await planGate(project.config({ losses: [FILE], baseline: "accepted.json" }), { update: true });
    await planGate(project.config({ losses: [FILE] }));
  });

  test("a corrupt baseline, which is left as it is, also by --update and --prune", async () => {
    const project = fresh().write("audit-baseline.json", '{ "schema": 1, ');
    for (const options of [{}, { update: true }, { prune: true }]) {
      expect(await refused(project, { losses: [FILE] }, options)).toMatch(
        /audit-baseline\.json: it ends too early/,
      );
    }
    expect(project.read()).toBe('{ "schema": 1, ');
  });

  test("a baseline that can't be written", async () => {
    const project = fresh().write("file", "");
    const config: Config = { losses: [FILE], baseline: "file/baseline.json" };
    expect(await refused(project, config, { update: true })).toMatch(/baseline\.json can't be written/);
    mkdirSync(project.baseline);
    expect(await refused(project, { losses: [FILE] }, { update: true })).toMatch(
      /can't be written: it is a folder/,
    );
  });

  test("--update and --prune at once", async () => {
    expect(await refused(fresh(), { losses: [FILE] }, { update: true, prune: true })).toContain(
      "give one of them",
    );
  });

  test("a git ref that is unknown", async () => {
    expect(await refused(fresh(), { losses: [FILE] }, { changed: "main" })).toContain(
      "this is no git repository",
    );
  });
});

describe("exit code 2, with its reason and an untouched baseline:", () => {
  /** A gate that accepts the present state, which it must not do where anything is wrong. */
  async function updated(project: Project, config: Config) {
    const report = await gate(project.config(config), { update: true });
    expect(report).toMatchObject({ exitCode: 2, baseline: { state: "absent", written: false } });
    expect(() => project.read()).toThrow();
    return report.errors;
  }

  test("a worker that died, and a target that is missing", async () => {
    const project = fresh().losses("dies.mjs", { f: STABLE, dies: "process.abort()" });
    const config: Config = { losses: ["dies.mjs"], targets: ["cpu", "tensorflow-gpu"] };
    const errors = await updated(project, config);
    expect(errors).toContainEqual(expect.objectContaining({ target: "tensorflow-gpu" }));
    expect(errors).toContainEqual(expect.objectContaining({ implementation: "dies" }));
    // The file of the loss, as typed, explains the loss of the baseline.
    expect(errors.length).toBe(2);
  });

  test("a file that can't be loaded, and one that is not there", async () => {
    const project = fresh().write("broken.mjs", "export const =");
    const errors = await updated(project, { losses: ["broken.mjs", "missing.mjs"], fuzz: { runs: 5 } });
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/does not parse/),
      expect.stringMatching(/does not exist/),
    ]);
  });

  test("an implementation that no loss has, beside one that is there", async () => {
    const project = fresh().losses("other.mjs", { g: STABLE });
    const config: Config = {
      losses: [FILE, "other.mjs"],
      implementation: ["f", "g", "gg"],
      fuzz: { runs: 5 },
    };
    expect(await updated(project, config)).toEqual([
      { message: 'There is no implementation "gg". Did you mean "g"? The losses have f, g.' },
    ]);
    const own = { loss: project.path("other.mjs"), implementation: ["f", "g"] };
    expect(await updated(project, { losses: [FILE, own] })).toEqual([
      { message: expect.stringMatching(/^There is no implementation "f"\. .*other\.mjs has g\.$/) },
    ]);
  });

  test("nothing that was audited", async () => {
    const plan = await planGate(fresh().config({ losses: [FILE] }), { update: true });
    const parts = { losses: [FILE], targets: ["cpu"], missing: [], parts: [], interrupted: false };
    const report = await gateReport(plan, { sweep: parts });
    expect(report).toMatchObject({ exitCode: 2, baseline: { written: false } });
    expect(report.errors).toEqual([{ message: expect.stringMatching(/^Nothing was audited\./) }]);
  });

  test("a target, a loss or a search that the baseline knows and that is not there any more", async () => {
    const project = fresh().losses("other.mjs", { g: STABLE });
    const [one, two] = [await planGate(project.config({ losses: [FILE] })), project.path("other.mjs")];
    const parts = await gateParts(one);
    const known = { f: { sweep: ["cpu", "wasm"], search: ["cpu"] } };
    const baseline = (audited: object) =>
      project.write(
        "audit-baseline.json",
        JSON.stringify({
          schema: 1,
          version: "0",
          seed: 0,
          platform: "linux x64",
          targets: {},
          dependencies: {},
          inputs: {},
          audited,
          findings: [],
        }),
      );
    const errorsOf = async (options: GateOptions = {}) => {
      const before = project.read();
      const plan = await planGate(project.config({ losses: [FILE] }), options);
      const { exitCode, errors } = await gateReport(plan, parts);
      expect(exitCode).toBe(errors.length === 0 ? 0 : 2);
      expect(project.read()).toBe(before);
      return errors.map(({ message, ...place }) => `${Object.values(place).join(" ")}: ${message}`);
    };

    baseline({ "loss#f": known.f, "other#g": { sweep: ["cpu"], search: [] } });
    expect(await errorsOf({ prune: true })).toEqual([
      expect.stringMatching(/^other: The baseline knows it, and it was not audited\./),
      expect.stringMatching(/^wasm: The baseline knows this target, and nothing ran on it\./),
      expect.stringMatching(/^: The baseline was written with a search, and now there was none\./),
    ]);
    // Whoever names less is told about less.
    expect(await errorsOf({ losses: [project.path(FILE)], targets: ["cpu"] })).toEqual([
      expect.stringMatching(/^: The baseline was written with a search/),
    ]);
    baseline({ "loss#f": { sweep: ["cpu", "wasm"], search: [] } });
    expect(await errorsOf({ targets: ["cpu"] })).toEqual([]);
    expect(await errorsOf({ targets: ["cpu", "all"] })).toHaveLength(1);
    expect(two).toContain("other");
  });

  test("a search that tried nothing", async () => {
    const plan = await planGate(fresh().config({ losses: [FILE], fuzz: { runs: 1, corpus: "corpus" } }), {
      update: true,
    });
    const { sweep } = await gateParts({ ...plan, fuzz: undefined });
    const fuzz = {
      losses: [FILE],
      targets: ["cpu"],
      missing: [],
      warnings: [],
      parts: [],
      interrupted: false,
    };
    const report = await gateReport(plan, { sweep, fuzz });
    expect(report).toMatchObject({ exitCode: 2, baseline: { written: false } });
    expect(report.errors).toEqual([
      { message: "The search tried nothing. Give it more runs, or more time." },
    ]);
  });

  test.each([
    ["broken", (project: Project) => project.write("accepted.json", ""), /accepted\.json: it is empty/],
    ["gone", (project: Project) => rmSync(project.path("accepted.json")), /^There is no baseline /],
  ])(
    "a baseline that is %s by the end of the run, which still says what it found",
    async (_, spoil, reason) => {
      const project = new Project().losses(FILE, { f: NAIVE });
      const config: Config = { losses: [FILE], baseline: "accepted.json" };
      await gate(project.config(config), { update: true });
      const plan = await planGate(project.config(config), { prune: true });
      const parts = await gateParts(plan);
      spoil(project);
      const report = await gateReport(plan, parts);
      expect(report).toMatchObject({ exitCode: 2, baseline: { state: "absent", written: false } });
      expect(report.errors).toEqual([{ message: expect.stringMatching(reason) }]);
      expect(report.errors[0]?.message).toMatch(/ All that was found is shown as new\.$/);
      expect(report.findings.map(({ change }) => change?.kind)).toContain("new");
    },
  );
});

test("an interrupted run says nothing of what it did not see, and writes nothing", async () => {
  const project = fresh();
  await gate(project.config({ losses: [FILE] }), { update: true });
  const before = project.read();
  const report = await gate(
    project.config({ losses: [FILE] }),
    { update: true },
    { signal: AbortSignal.abort() },
  );
  expect(report).toMatchObject({
    ...{ exitCode: 130, interrupted: true, cured: [], errors: [] },
    baseline: { state: "compared", written: false, removed: [] },
  });
  expect(project.read()).toBe(before);
});
