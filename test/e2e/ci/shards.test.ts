import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { example } from "../../ci/examples.js";
import { cleanFolder, root, script, worse, writeProject } from "./project.js";

/** A project in which one of two losses has become worse. */
const project = cleanFolder();
/** Where npm is: what it installs is there already. */
const programs = cleanFolder();
/** A volume; it is mounted at a path without quotes. */
const volume = mkdtempSync(join(tmpdir(), "audit-blobs-"));
afterAll(() => rmSync(volume, { recursive: true }));

interface Step {
  run?: string;
  uses?: string;
  env?: Record<string, string>;
  with?: Record<string, string>;
}

/** What the job of gitlab.yml gave, which does it all. */
let whole: { folder: string; stdout: string; exitCode: number };

beforeAll(async () => {
  writeProject(project, 2);
  writeFileSync(join(programs, "npm"), '#!/bin/sh\n[ "$1" = ci ]\n');
  chmodSync(join(programs, "npm"), 0o755);
  expect((await script("node_modules/.bin/audit gate --update", project)).exitCode).toBe(0);
  writeFileSync(join(project, "b.ts"), worse);
  const { losses } = parse(example("gitlab.yml"));
  const folder = checkout();
  whole = { folder, ...(await run([...losses.before_script, ...losses.script].join("\n"), folder)) };
});

const run = (text: string, folder: string, environment: Record<string, string> = {}) =>
  script(text, folder, { ...environment, PATH: `${programs}:${process.env.PATH}` });

function checkout(): string {
  const folder = cleanFolder();
  cpSync(project, folder, { recursive: true, verbatimSymlinks: true });
  return folder;
}

test("gitlab.yml: one job, with its reports", () => {
  expect(whole.stdout).toContain("audit gate fails");
  expect(whole.exitCode).toBe(1);
  const { artifacts } = parse(example("gitlab.yml")).losses;
  for (const path of artifacts.paths) expect(existsSync(join(whole.folder, path))).toBe(true);
  expect(readFileSync(join(whole.folder, artifacts.reports.junit), "utf8")).toContain("<failure");
});

test("github-shards.yml: jobs of a matrix, and one that puts them together", async () => {
  const { jobs } = parse(example("github-shards.yml"));
  const artefacts = cleanFolder();
  const runJob = async ({ steps }: { steps: Step[] }, shard = 0) => {
    const folder = checkout();
    const filled = (text: string) =>
      text
        .replace(/\$\{\{ matrix\.shard \}\}/, String(shard))
        .replace(/\$\{\{ strategy\.job-total \}\}/, "4");
    let outcome = { stdout: "", exitCode: 0 };
    for (const { run: text, uses = "", env = {}, with: given = {} } of steps) {
      if (outcome.exitCode !== 0) break;
      if (text !== undefined) {
        const values = Object.entries(env).map(([name, value]) => [name, filled(value)]);
        outcome = await run(text, folder, { CI: "true", ...Object.fromEntries(values) });
      }
      if (uses.startsWith("actions/upload-artifact")) {
        cpSync(join(folder, given.path), join(artefacts, filled(given.name), given.path));
      }
      if (uses.startsWith("actions/download-artifact")) {
        cpSync(artefacts, join(folder, given.path), { recursive: true });
      }
    }
    return { ...outcome, folder };
  };
  const { shard: job, gate } = jobs;
  const shards = await Promise.all(job.strategy.matrix.shard.map((shard: number) => runJob(job, shard)));
  expect(shards.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  const merged = await runJob(gate);
  expect(merged.stdout).toMatch(/^::error file=b\.ts,line=2,title=/m);
  expect(merged.stdout).toContain(whole.stdout);
  expect(existsSync(join(merged.folder, "audit.sarif"))).toBe(true);
  expect(merged.exitCode).toBe(1);
});

test("gitlab-shards.yml: parallel jobs, and one that puts them together", async () => {
  const { ".audit": shared, "losses shard": shard, losses } = parse(example("gitlab-shards.yml"));
  const lines = ({ script }: { script: string[] }) => [...shared.before_script, ...script].join("\n");
  const merging = checkout();
  const runShard = async (index: number) => {
    const folder = checkout();
    const node = { CI: "true", CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(shard.parallel) };
    const { exitCode } = await run(lines(shard), folder, node);
    for (const path of shard.artifacts.paths)
      cpSync(join(folder, path), join(merging, path), { recursive: true });
    return exitCode;
  };
  expect(await Promise.all([1, 2, 3, 4].map(runShard))).toEqual([0, 0, 0, 0]);
  const { stdout, exitCode } = await run(lines(losses), merging, { CI: "true" });
  expect(stdout).toBe(whole.stdout);
  expect(exitCode).toBe(1);
  for (const file of [losses.artifacts.reports.junit, ...losses.artifacts.paths]) {
    expect(existsSync(join(merging, file))).toBe(true);
  }
});

test("kubernetes.yaml and kubernetes-merge.yaml: the commands of their containers", async () => {
  const [, job, merge] = ["kubernetes.yaml", "kubernetes-merge.yaml"].flatMap((name) =>
    parseAllDocuments(example(name)).map((document) => document.toJS()),
  );
  const folder = checkout();
  /** As the kubelet expands and mounts it. */
  const runContainer = ({ spec }: typeof job, index = "") => {
    const words: string[] = spec.template.spec.containers[0].command;
    const command = words
      .map((word) => word.replace("$(JOB_COMPLETION_INDEX)", index).replaceAll("/blobs", volume))
      .map((word) => `'${word}'`)
      .join(" ");
    return run(command, folder, index === "" ? {} : { JOB_COMPLETION_INDEX: index });
  };
  const shards = await Promise.all(["0", "1", "2", "3"].map((index) => runContainer(job, index)));
  expect(shards.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  const { stdout, exitCode } = await runContainer(merge);
  expect(stdout).toBe(whole.stdout);
  expect(exitCode).toBe(1);
});

test("slurm.sh and slurm-merge.sh: an array, and a job that depends on it", async () => {
  const folder = checkout();
  const file = (name: string) => `'${join(root, "docs/ci", name)}'`;
  const [, first, last] = /^#SBATCH --array=(\d+)-(\d+)$/m.exec(example("slurm.sh"))!.map(Number);
  const tasks = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const runTask = (task: number) =>
    run(file("slurm.sh"), folder, {
      SLURM_ARRAY_JOB_ID: "7",
      SLURM_ARRAY_TASK_ID: String(task),
      SLURM_ARRAY_TASK_COUNT: String(tasks.length),
      SLURM_ARRAY_TASK_MIN: String(first),
      SLURM_ARRAY_TASK_MAX: String(last),
      SLURM_CPUS_PER_TASK: "1",
    });
  const shards = await Promise.all(tasks.map(runTask));
  expect(shards.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
  const { stdout, exitCode } = await run(`${file("slurm-merge.sh")} audit-7`, folder);
  expect(stdout).toBe(whole.stdout);
  expect(exitCode).toBe(1);
  expect(existsSync(join(folder, "audit-7.html"))).toBe(true);
});
