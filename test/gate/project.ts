import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { Config } from "../../src/config/config.js";
import type { LoadedConfig } from "../../src/config/load.js";

/** A sweep that takes a moment. */
const QUICK: Config = { targets: ["cpu"], points: 33, labels: [0] };

const folders: string[] = [];
afterAll(() => folders.map((folder) => rmSync(folder, { recursive: true })));

/** A project of a user's in a folder with a blank and letters that are not ASCII, gone when the tests are done. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "audit gäte -"));
  readonly baseline = this.path("audit-baseline.json");

  constructor() {
    folders.push(this.folder);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): this {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
    return this;
  }

  /** A file of losses, by name and body: functions of `x` and `z` with tfjs as `tf`. */
  losses(name: string, bodies: Record<string, string>): this {
    const exports = Object.entries(bodies).map(([f, body]) => `export const ${f} = (x, z) => ${body};\n`);
    return this.write(name, `import * as tf from "@tensorflow/tfjs";\n${exports.join("")}`);
  }

  read(): string {
    return readFileSync(this.baseline, "utf8");
  }

  config(config: Config): LoadedConfig {
    return { config: { ...QUICK, ...config }, folder: this.folder };
  }
}

/** Cross entropy of a label 0: log(1 + exp(x)), which overflows from 88.72 on. */
export const NAIVE = "tf.log(tf.exp(x).add(1)).sub(x.mul(z))";
export const STABLE = "tf.softplus(x).sub(x.mul(z))";
