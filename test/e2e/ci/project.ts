import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

export const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Good at every logit. */
export const good = `import * as tf from "@tensorflow/tfjs";
export const loss = (logits: tf.Tensor, labels: tf.Tensor) => tf.sub(tf.softplus(logits), tf.mul(logits, labels));
`;

/** Infinite from x = 88.72284 on. */
export const worse = good.replace("tf.softplus(logits)", "tf.log1p(tf.exp(logits))");

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A clean folder, whose path needs quotes. */
export function cleanFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "audit é & $HOME "));
  folders.push(folder);
  return folder;
}

/** What is in the folder of a user's project after `npm ci`, with so many good losses: a.ts, b.ts, … */
export function writeProject(folder: string, count = 1): void {
  const files = [..."abcdefgh"].slice(0, count).map((letter) => `${letter}.ts`);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("package.json", JSON.stringify({ name: "losses", private: true, type: "module" }));
  write("package-lock.json", "{}");
  const losses = files.map((name) => `./${name}`);
  write("audit.config.json", JSON.stringify({ losses, targets: ["cpu"], points: 51 }));
  for (const name of files) write(name, good);
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules", "loss-audit"));
  symlinkSync("../loss-audit/bin/run.js", join(folder, "node_modules", ".bin", "audit"));
}

export interface Outcome {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** Runs a script with bash, as runners do, in an environment with nothing of this one but where programs are. */
export function script(
  text: string,
  folder: string,
  environment: Record<string, string> = {},
): Promise<Outcome> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
  return new Promise((resolve) => {
    const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", text];
    execFile("bash", args, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ stdout, stderr, exitCode: error === null ? 0 : Number(error.code) });
    });
  });
}
