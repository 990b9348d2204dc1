import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 }); // the command runs on all targets

const root = fileURLToPath(new URL("../..", import.meta.url));

const OPTIONAL = [
  "@tensorflow/tfjs-backend-webgpu",
  "@tensorflow/tfjs-node",
  "esbuild",
  "playwright-core",
  "webgpu",
];

/** This package as it is built, where no folder above has a node_modules of somebody's, as /tmp may have. */
const folder = mkdtempSync(join(process.platform === "win32" ? tmpdir() : "/var/tmp", "audit-"));
beforeAll(() => {
  for (const part of ["package.json", "bin", "dist"]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  const packages = readdirSync(join(root, "node_modules")).flatMap((name) =>
    name.startsWith("@")
      ? readdirSync(join(root, "node_modules", name)).map((inner) => `${name}/${inner}`)
      : name,
  );
  for (const name of packages) if (!name.startsWith(".") && !OPTIONAL.includes(name)) install(name);
});
afterAll(() => rmSync(folder, { recursive: true }));

function install(name: string): void {
  const link = join(folder, "node_modules", name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(root, "node_modules", name), link, "junction");
}

function uninstall(name: string): void {
  rmSync(join(folder, "node_modules", name), { recursive: true, force: true });
}

/** Installs a package whose native part is none. */
function installBroken(name: string, main: string): void {
  const to = join(folder, "node_modules", name);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "package.json"), JSON.stringify({ name, version: "1.0.0", main: "main.cjs" }));
  writeFileSync(join(to, "main.cjs"), main);
  writeFileSync(join(to, "native.node"), "of another system");
}

function audit(args: string[]): Promise<{ report: Report; exitCode: number }> {
  const command = [join(folder, "bin", "run.js"), ...args, "--json"];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout) =>
      resolve({ report: JSON.parse(stdout), exitCode: (error?.code as number | undefined) ?? 0 }),
    );
  });
}

interface Report {
  targets: { name: string; ready?: boolean; reason?: string }[];
  errors: { target: string; message: string }[];
}

const PAGE =
  'needs playwright-core and esbuild, which are not installed: run "npm install playwright-core esbuild".';
const NEEDS = {
  tensorflow:
    /needs @tensorflow\/tfjs-node, which is not installed: run "npm install @tensorflow\/tfjs-node"/,
  "tensorflow-gpu": /needs @tensorflow\/tfjs-node-gpu, which is not installed: run "npm install/,
  webgpu:
    /needs webgpu and @tensorflow\/tfjs-backend-webgpu, .* "npm install webgpu @tensorflow\/tfjs-backend-webgpu"\.$/,
  webgl: PAGE,
  "webgpu-browser":
    /needs playwright-core, esbuild and @tensorflow\/tfjs-backend-webgpu, .*: run "npm install/,
  "wasm-browser": PAGE,
};

test("without the optional packages cpu and wasm work, and each other target says what it needs", async () => {
  const sweep = (target: string) => audit(["sweep", "softplus", "--points", "11", "--target", target]);

  const all = await sweep("all");
  expect(all.report.targets.map(({ name }) => name)).toEqual(["cpu", "wasm"]);
  expect(all.report.errors).toEqual(
    Object.entries(NEEDS).map(([target, need]) => ({
      target,
      message: typeof need === "string" ? expect.stringContaining(need) : expect.stringMatching(need),
    })),
  );
  expect(all.exitCode).toBe(2);

  const auto = await sweep("auto");
  expect(auto.report.targets.map(({ name }) => name)).toEqual(["cpu", "wasm"]);
  expect(auto.report.errors).toEqual([]);
  expect(auto.exitCode).toBe(0);

  const doctor = await audit(["doctor"]);
  expect(doctor.report.targets.filter(({ ready }) => ready).map(({ name }) => name)).toEqual(["cpu", "wasm"]);
  expect(doctor.report.targets.find(({ name }) => name === "webgl")?.reason).toContain(PAGE);
  expect(doctor.exitCode).toBe(0);
});

test.each([
  ["@tensorflow/tfjs-backend-webgpu", "webgpu"],
  ["@tensorflow/tfjs-backend-webgpu", "webgpu-browser"],
  ["webgpu", "webgpu"],
  ["playwright-core", "webgl"],
  ["esbuild", "wasm-browser"],
])("without %s alone, %s names it", async (name, target) => {
  const args = ["sweep", "softplus", "--points", "11", "--implementation", "library", "--target", target];
  const others = OPTIONAL.filter((other) => other !== name);
  for (const other of others) install(other);
  const { report, exitCode } = await audit(args);
  for (const other of others) uninstall(other);
  const message = `The target "${target}" needs ${name}, which is not installed: run "npm install ${name}".`;
  expect(report.errors).toEqual([{ target, message }]);
  expect(exitCode).toBe(2);
});

test.each([
  [
    "@tensorflow/tfjs-node",
    "tensorflow",
    /another Node or another system: run "npm install @tensorflow\/tfjs-node"/,
  ],
  ["webgpu", "webgpu", /another system: run "npm install webgpu"\.$/],
])("what a broken %s says is said, with the cure", async (name, target, cure) => {
  installBroken(name, 'require("./native.node");');
  install("@tensorflow/tfjs-backend-webgpu");
  const { report, exitCode } = await audit([
    "sweep",
    "softplus",
    "--points",
    "11",
    "--target",
    `cpu,${target}`,
  ]);
  for (const installed of [name, "@tensorflow/tfjs-backend-webgpu"]) uninstall(installed);
  expect(report.targets.map((one) => one.name)).toEqual(["cpu"]);
  expect(report.errors).toEqual([
    { target, message: expect.stringMatching(/does not load: .*native\.node/) },
  ]);
  expect(report.errors[0].message).toMatch(cure);
  expect(exitCode).toBe(2);
});
