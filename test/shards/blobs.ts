import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type Blob, writeBlob } from "../../src/shards/blob.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import type { SweepOptions } from "../../src/sweep/options.js";
import { version } from "../../src/version.js";

/** A folder of a test file, which is gone in the end. */
export const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The blob of a shard of a sweep that found nothing. */
export function blob(index: number, of: number, options: Partial<SweepOptions> = {}): Blob {
  return {
    version,
    command: "sweep",
    shard: { index, of },
    work: {
      command: "sweep",
      sweep: { ...sweepDefaults, losses: ["softplus"], targets: ["cpu"], ...options },
    },
    files: {},
    done: { sweep: { losses: ["softplus"], targets: ["cpu"], missing: [], parts: [], interrupted: false } },
  };
}

let files = 0;

/** Writes a blob and gives its path. */
export async function written(one: Blob): Promise<string> {
  const file = join(folder, `blob-${files++}.json`);
  await writeBlob(file, one);
  return file;
}
