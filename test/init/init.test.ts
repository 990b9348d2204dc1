import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { loadConfig } from "../../src/config/load.js";
import { sweepOptionsOf } from "../../src/config/options.js";
import * as temporary from "../../src/files/temporary.js";
import { propose, writeConfig } from "../../src/init/init.js";
import { InputError } from "../../src/inputs/input-error.js";
import { project } from "../config/project.js";

const LOSSES = `import * as tf from "@tensorflow/tfjs";
export function focal(logits, labels) { return tf.mul(logits, labels); }
export function bce(probs, labels) { return tf.mul(probs, labels); }
`;

/** What `audit init` writes into a project with these files; gives its path. */
async function written(folder: string, mayReplace = false): Promise<string> {
  const proposal = await propose(folder, mayReplace);
  await writeConfig(proposal, proposal.losses);
  return proposal.file;
}

/** A package in the node_modules of a project. */
function install(folder: string, name: string): void {
  mkdirSync(join(folder, "node_modules", name), { recursive: true });
  writeFileSync(
    join(folder, "node_modules", name, "package.json"),
    JSON.stringify({ name, version: "1.0.0" }),
  );
}

describe("the file is one of TypeScript", () => {
  test.each<[what: string, files: Record<string, string>, name: string]>([
    ["with a tsconfig.json", { "tsconfig.json": "{}" }, "audit.config.ts"],
    [
      "with typescript among the packages",
      { "package.json": '{"devDependencies": {"typescript": "5"}}' },
      "audit.config.ts",
    ],
    ["not without", { "package.json": '{"dependencies": {"ts": "5"}}' }, "audit.config.mjs"],
    ["not without any package.json", {}, "audit.config.mjs"],
    ["not with a package.json that is none", { "package.json": "{" }, "audit.config.mjs"],
  ])("%s", async (_, files, name) => {
    const folder = project({ ...files, "src/losses.js": LOSSES });
    expect(await written(folder)).toBe(join(folder, name));
    expect(readdirSync(folder).filter((file) => file.startsWith("audit"))).toEqual([name]);
  });

  test("with the tsconfig.json of the package that a folder belongs to", async () => {
    const folder = project({ "tsconfig.json": "{}", "package.json": "{}", "src/losses.ts": LOSSES });
    expect(await written(join(folder, "src"))).toBe(join(folder, "src/audit.config.ts"));
  });
});

describe("what is written can be loaded and run", () => {
  test.each([
    ["with loss-audit installed and TypeScript", true, true],
    ["with loss-audit installed", true, false],
    ["without loss-audit, with TypeScript", false, true],
    ["without both", false, false],
  ])("%s", async (_, hasAudit, usesTypeScript) => {
    const folder = project({
      "src/my losses/é.js": LOSSES,
      ...(usesTypeScript && { "tsconfig.json": "{}" }),
    });
    if (hasAudit) install(folder, "loss-audit");
    const file = await written(folder);
    const text = readFileSync(file, "utf8");
    expect(text.startsWith('import { defineConfig } from "loss-audit";\n')).toBe(hasAudit);
    const { config } = await loadConfig(file);
    expect(config).toEqual({
      losses: ["src/my losses/é.js#focal", { loss: "src/my losses/é.js#bce", from: "probabilities" }],
      targets: ["cpu"],
      fuzz: { runs: 2000, seed: 1 },
      "fail-on": "warning",
    });
    const { losses, own } = sweepOptionsOf(config, folder);
    expect(losses.map((loss) => existsSync(loss.split("#")[0]))).toEqual([true, true]);
    expect(own).toEqual({ [losses[1]]: { from: "probabilities" } });
  });

  test("also what its comments show", async () => {
    const text = readFileSync(await written(project({ "losses.js": LOSSES })), "utf8");
    const shown = text.replace(/^ {2}\/\/ (ignore: .*)$/m, "  $1");
    expect(shown).not.toBe(text);
    const folder = project({ "audit.config.mjs": shown });
    expect((await loadConfig(join(folder, "audit.config.mjs"))).config.ignore).toHaveLength(1);
  });

  test("without a loss it names one that is not there, so that a gate asks for it", async () => {
    const folder = project({ "tsconfig.json": "{}" });
    const { config } = await loadConfig(await written(folder));
    expect(config.losses).toEqual(["./your-loss.ts"]);
  });

  test("targets are those that the project has packages for", async () => {
    const dependencies = {
      "@tensorflow/tfjs-node": "4",
      "@tensorflow/tfjs-backend-wasm": "4",
      "@tensorflow/tfjs-backend-webgpu": "4",
    };
    const folder = project({ "package.json": JSON.stringify({ dependencies }), "losses.js": LOSSES });
    const targets = async () => (await loadConfig(await written(folder, true))).config.targets;
    expect(await targets()).toEqual(["cpu"]);
    for (const name of Object.keys(dependencies)) install(folder, name);
    expect(await targets()).toEqual(["cpu", "wasm", "tensorflow"]);
  });
});

describe("a configuration that is there stays as it is", () => {
  test.each([
    ["audit.config.mjs", /audit\.config\.mjs is there already\. Edit it, or replace it with --force\.$/],
    [
      "audit.config.json",
      /audit\.config\.json is there already\. Edit it, or remove it first, for a folder has one/,
    ],
    [
      "package.json",
      /package\.json has a configuration already, its key "audit"\. Edit it, or take it out first\.$/,
    ],
  ])("%s", async (name, message) => {
    const folder = project({ [name]: '{"audit": {}}', "losses.js": LOSSES });
    await expect(propose(folder, false)).rejects.toThrow(InputError);
    await expect(propose(folder, false)).rejects.toThrow(message);
    expect(readFileSync(join(folder, name), "utf8")).toBe('{"audit": {}}');
    if (name !== "audit.config.mjs") await expect(propose(folder, true)).rejects.toThrow(message);
  });

  test("unless it may be replaced, and then a link stays one", async () => {
    const folder = project({ "real.mjs": "old", "losses.js": LOSSES });
    symlinkSync("real.mjs", join(folder, "audit.config.mjs"));
    await written(folder, true);
    expect(readFileSync(join(folder, "real.mjs"), "utf8")).toMatch(/^export default \{|losses\.js#focal/m);
  });

  test("one of a folder above is told of, and no matter", async () => {
    const folder = project({ "audit.config.json": "{}", "sub/losses.js": LOSSES });
    expect((await propose(join(folder, "sub"), false)).above).toMatch(/audit\.config\.json$/);
    const twice = project({ "audit.config.json": "{}", "audit.config.ts": "", "sub/losses.js": LOSSES });
    expect(await propose(join(twice, "sub"), false)).not.toHaveProperty("above");
  });
});

describe("where it can't be written, one clear error says why", () => {
  test("in a folder in which nothing can be made", async () => {
    const proposal = { ...(await propose(project(), false)), file: "/proc/audit.config.mjs" };
    await expect(writeConfig(proposal, [])).rejects.toThrow(
      /^\/proc\/audit\.config\.mjs can't be written: .*\. Name another file, or make it possible there\.$/,
    );
  });

  test("on a full disk, and then nothing is left", async () => {
    const folder = project({ "losses.js": LOSSES });
    const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    vi.spyOn(temporary, "withTemporary").mockRejectedValueOnce(full);
    await expect(written(folder)).rejects.toThrow(/audit\.config\.mjs can't be written: the disk is full\./);
    expect(readdirSync(folder)).toEqual(["losses.js"]);
  });
});
